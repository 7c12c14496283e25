local kumo = require 'kumo'
local sources = require 'policy-extras.sources'

sources:setup { '/opt/kumomta/etc/sources.toml' }
kumo.on('init', function()
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
  kumo.define_spool { name = 'meta', path = '/var/spool/kumomta/meta' }
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { egress_pool = 'bulk' }
end)
