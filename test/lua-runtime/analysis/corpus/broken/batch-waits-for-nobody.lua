local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = {
      custom_lua = {
        constructor = 'make.bulk',
        batch_size = 100,
        min_batch_size = 20, --> retry-settings
      },
    },
  }
end)
kumo.on('make.bulk', function()
  return {
    send_batch = function(_, messages)
      return 'took ' .. #messages
    end,
  }
end)
