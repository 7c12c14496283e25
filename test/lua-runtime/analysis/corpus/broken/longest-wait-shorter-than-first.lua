local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  if domain == 'alerts.example.com' then
    return kumo.make_queue_config {
      max_retry_interval = '5 minutes', --> retry-settings
      max_age = '1 day',
    }
  end
end)
