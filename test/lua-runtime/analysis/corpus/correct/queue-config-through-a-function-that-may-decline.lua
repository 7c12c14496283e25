local kumo = require 'kumo'

local function vip(domain)
  if domain == 'vip.example' then
    return kumo.make_queue_config { egress_pool = 'vip' }
  end
end
kumo.on('get_queue_config', function(domain)
  return vip(domain)
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {}
end)
