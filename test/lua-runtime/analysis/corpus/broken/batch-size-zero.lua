local kumo = require 'kumo'

local SIZE = 0
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.relay', batch_size = SIZE } },
  }
end)
kumo.on('make.relay', function()
  return { --> send-missing
    send = function(_, message)
      return '250 ' .. message:id()
    end,
  }
end)
