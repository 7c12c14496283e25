local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  local params = { max_age = '1 day' }
  if domain == 'a' then
    params.egress_pool = 'a'
  end
  return kumo.make_queue_config(params)
end)
