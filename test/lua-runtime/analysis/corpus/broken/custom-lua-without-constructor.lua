local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = {
      custom_lua = { batch_size = 5 }, --> missing-field
    },
  }
end)
