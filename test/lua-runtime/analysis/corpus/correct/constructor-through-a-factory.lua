local kumo = require 'kumo'

local function factory(reply)
  return function(domain)
    return {
      send = function()
        return reply .. ' ' .. domain
      end,
    }
  end
end
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.static' } },
  }
end)
kumo.on('make.static', factory '250 ok')
