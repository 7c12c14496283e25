local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  local wait = math.floor(math.pow(2, #domain)) + 60
  return kumo.make_queue_config { retry_interval = wait }
end)
