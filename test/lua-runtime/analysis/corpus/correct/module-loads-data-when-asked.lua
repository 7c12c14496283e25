-- A module may read files when it is asked, and the policy itself at any time.
local kumo = require 'kumo'
local tenants = require 'tenants'
local limits = kumo.serde.json_load '/opt/kumomta/etc/limits.json'

kumo.on('get_queue_config', function(domain, tenant)
  return kumo.make_queue_config {
    max_message_rate = limits[domain] or tenants.rate_of(tenant),
  }
end)
---- tenants.lua
local kumo = require 'kumo'

local M = {}

function M.rate_of(tenant)
  return kumo.serde.toml_load('/opt/kumomta/etc/tenants.toml')[tenant]
end

return M
