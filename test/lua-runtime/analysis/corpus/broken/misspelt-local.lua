local kumo = require 'kumo'

local routes = { a = 'b' }
kumo.on('get_queue_config', function(domain)
  if route[domain] then --> undefined-global
    return kumo.make_queue_config { egress_pool = routes[domain] }
  end
end)
