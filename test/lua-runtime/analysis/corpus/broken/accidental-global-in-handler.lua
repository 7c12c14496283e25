local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  pool = domain == 'a' and 'x' or 'y' --> accidental-global
  return kumo.make_queue_config { egress_pool = pool }
end)
