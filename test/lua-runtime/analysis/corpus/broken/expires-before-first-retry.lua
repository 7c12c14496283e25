local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant)
  return kumo.make_queue_config {
    egress_pool = tenant,
    max_age = '10m', --> retry-settings
  }
end)
