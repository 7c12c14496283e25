local kumo = require 'kumo'

local POOLS = { bulk = { 'ip-1' } }
kumo.on('get_egress_pool', function(pool_name)
  local sources = POOLS[pool_name]
  if not sources then
    error('no such pool: ' .. pool_name)
  end
  local entries = {}
  for i, name in ipairs(sources) do
    entries[i] = { name = name }
  end
  return kumo.make_egress_pool { name = pool_name, entries = entries }
end)
