local kumo = require 'kumo'
local failing = require 'failing'

local POOLS = { bulk = { { name = 'ip-1' } } }
kumo.on('get_egress_pool', function(name)
  if POOLS[name] then
    return kumo.make_egress_pool { name = name, entries = POOLS[name] }
  else
    failing.because('no pool ' .. name)
  end
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.strict' } },
  }
end)
kumo.on('make.strict', function()
  return {
    send = function(_, message)
      if message:num_attempts() == 0 then
        return 'ok'
      end
      failing.because 'again'
    end,
  }
end)
