local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  function sender:send(message)
    kumo.amqp.basic_publish {
      routing_key = 'q',
      payload = message:get_data(),
      connection = {
        host = 'localhost',
        port = '5672', --> wrong-type
      },
    }
    return '250 ok'
  end
  return sender
end)
