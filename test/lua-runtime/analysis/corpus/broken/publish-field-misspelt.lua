local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  local client = kumo.amqp.build_client 'amqp://localhost'
  function sender:send(message)
    client:publish {
      routing_key = 'q',
      payload = message:get_data(),
      mandatry = true, --> ignored-field
    }
    return '250 ok'
  end
  function sender:close()
    client:close()
  end
  return sender
end)
