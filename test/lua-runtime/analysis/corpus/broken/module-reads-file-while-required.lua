local kumo = require 'kumo'
local tenants = require 'tenants'

kumo.on('get_queue_config', function(domain, tenant)
  return kumo.make_queue_config(tenants[tenant] or {})
end)
---- tenants.lua
local kumo = require 'kumo'

return kumo.serde.toml_load '/opt/kumomta/etc/tenants.toml' --> waits-in-require
