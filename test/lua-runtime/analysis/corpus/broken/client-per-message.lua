local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  function sender:send(message)
    local client = kumo.amqp.build_client 'amqp://localhost' --> client-per-message
    local confirm = client:publish { routing_key = 'q', payload = message:get_data() }
    local result = confirm:wait()
    client:close()
    return '250 ' .. result.status
  end
  return sender
end)
