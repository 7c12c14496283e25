local kumo = require 'kumo'

local function pool(name)
  return kumo.make_egress_pool { name = name, entries = { { name = name } } }
end
kumo.on('get_egress_source', function(source_name)
  return pool(source_name) --> wrong-return
end)
kumo.on('get_egress_pool', pool)
