local kumo = require 'kumo'

kumo.on('init', function()
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
  kumo.define_spool { name = 'meta', path = '/var/spool/kumomta/meta' }
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { egress_pool = 'bulk' }
end)
kumo.on('get_egress_pool', function(pool_name)
  return kumo.make_egress_pool {
    name = pool_name,
    entries = {
      { name = 'ip-7', weight = 2 }, --> egress-without-handler
      { name = 'ip-8' },
    },
  }
end)
