local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  if domain == 'a' then
    return kumo.make_queue_config { egress_pool = 'a' }
  end
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {}
end)
