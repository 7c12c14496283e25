local kumo = require 'kumo'
local sources = require 'policy-extras.sources'

kumo.on('init', function()
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
  sources:setup { '/opt/kumomta/etc/sources.toml' } --> event-in-handler
end)
