local kumo = require 'kumo'

local lookup = kumo.memoize(function(domain)
  return { max_age = '1 day', egress_pool = domain }
end, { name = 'lookup', ttl = '5 minutes', capacity = 100 })

kumo.on('get_queue_config', function(domain)
  local params = lookup(domain)
  if params then
    return kumo.make_queue_config(params)
  end
end)
