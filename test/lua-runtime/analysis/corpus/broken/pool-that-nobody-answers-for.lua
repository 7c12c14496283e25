local kumo = require 'kumo'

kumo.on('init', function()
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
  kumo.define_spool { name = 'meta', path = '/var/spool/kumomta/meta' }
end)
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config {
    egress_pool = 'transactional', --> egress-without-handler
  }
end)
