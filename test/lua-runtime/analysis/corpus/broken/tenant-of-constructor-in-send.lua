local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.routing' } },
  }
end)
kumo.on('make.routing', function(domain, tenant, campaign)
  local connection = {}
  function connection:send(message)
    kumo.amqp.basic_publish {
      routing_key = 'mail.' .. tenant, --> representative-argument
      payload = message:get_data(),
      connection = { host = 'rabbit' },
    }
    return '250 ok'
  end
  return connection
end)
