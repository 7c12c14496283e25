local kumo = require 'kumo'
require 'our-egress'

kumo.on('init', function()
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { egress_pool = 'bulk' }
end)
