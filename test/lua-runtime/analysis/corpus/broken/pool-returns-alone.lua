local kumo = require 'kumo'

local pools = { bulk = { 'ip-1', 'ip-2' } }
kumo.on('get_egress_pool', function(pool_name)
  local sources = pools[pool_name]
  if not sources then
    return --> missing-return
  end
  local entries = {}
  for _, name in ipairs(sources) do
    table.insert(entries, { name = name })
  end
  return kumo.make_egress_pool { name = pool_name, entries = entries }
end)
