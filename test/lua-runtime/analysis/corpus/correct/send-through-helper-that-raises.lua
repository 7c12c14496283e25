local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

local function fail(why)
  kumo.reject(500, why)
end

kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  function sender:send(message)
    if message:num_attempts() == 0 then
      return '250 ok'
    end
    fail('again')
  end
  return sender
end)
