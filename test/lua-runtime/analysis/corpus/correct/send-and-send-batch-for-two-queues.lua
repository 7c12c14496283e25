local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  local size = domain == 'bulk' and 50 or 1
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.both', batch_size = size } },
  }
end)
kumo.on('make.both', function()
  return {
    send = function(_, message)
      return message:id()
    end,
    send_batch = function(_, messages)
      return #messages .. ' messages'
    end,
  }
end)
