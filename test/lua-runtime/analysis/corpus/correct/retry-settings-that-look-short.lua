local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant)
  if tenant == 'otp' then
    return kumo.make_queue_config {
      retry_interval = 30,
      max_retry_interval = '30s',
      max_age = '5m',
    }
  end
  return kumo.make_queue_config { max_retry_interval = '20 minutes', max_age = '20m' }
end)
