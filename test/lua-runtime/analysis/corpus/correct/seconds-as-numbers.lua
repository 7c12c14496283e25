local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    retry_interval = 60,
    max_retry_interval = 90.5,
    max_age = '1h 30m',
    reap_interval = '0',
    max_message_rate = 'local:1,000/s,max_burst=10',
  }
end)
