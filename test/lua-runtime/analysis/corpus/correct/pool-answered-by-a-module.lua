local kumo = require 'kumo'
require 'egress'

kumo.on('init', function()
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { egress_pool = 'bulk' }
end)
---- egress.lua
local kumo = require 'kumo'

kumo.on('get_egress_pool', function(name)
  return kumo.make_egress_pool { name = name, entries = { { name = 'unspecified' } } }
end)
