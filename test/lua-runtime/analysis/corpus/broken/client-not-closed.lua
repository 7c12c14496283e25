local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  local client = kumo.amqp.build_client 'amqp://localhost' --> client-not-closed
  function sender:send(message)
    client:publish { routing_key = 'q', payload = message:get_data() }
    return '250 ok'
  end
  return sender
end)
