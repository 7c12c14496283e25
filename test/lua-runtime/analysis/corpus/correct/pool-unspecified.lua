local kumo = require 'kumo'

kumo.on('init', function()
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { egress_pool = 'unspecified' }
end)
