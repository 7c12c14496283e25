local kumo = require 'kumo'

local ROUTES = {
  ['gmail.com'] = 'pool-a',
  ['yahoo.com'] = 'pool-b',
  ['gmail.com'] = 'pool-c', --> duplicate-field
}
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { egress_pool = ROUTES[domain] }
end)
