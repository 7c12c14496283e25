local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config {
    retry_interval = '5 minutes',
    max_age = '2 days',
    egress_pool = domain,
    retry_interval = '10 minutes', --> duplicate-field
  }
end)
