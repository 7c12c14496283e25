local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)
kumo.on('make.amqp', function()
  local client = kumo.amqp.build_client 'amqps://kumo:Vf93kd0s@rabbit.internal/mail' --> plain-secret
  return {
    send = function(_, message)
      return client:publish({ routing_key = 'q', payload = message:get_data() }):wait().status
    end,
    close = function()
      client:close()
    end,
  }
end)
