local kumo = require 'kumo'

local protocol = {}
protocol.custom_lua = { constructor = 'make.later' }
protocol.custom_lua.batch_size = 1
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = protocol }
end)
kumo.on('make.later', function()
  return {
    send = function(_, message)
      return message:queue_name()
    end,
  }
end)
