local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = {
      custom_lua = {
        constructor = 'make.bulk',
        batch_size = 10,
        min_batch_size = 50, --> retry-settings
        max_batch_latency = '2s',
      },
    },
  }
end)
kumo.on('make.bulk', function()
  return {
    send_batch = function(_, messages)
      return tostring(#messages)
    end,
  }
end)
