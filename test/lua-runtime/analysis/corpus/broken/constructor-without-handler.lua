local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = {
      custom_lua = { constructor = 'make.webhook' }, --> constructor-without-handler
    },
  }
end)
