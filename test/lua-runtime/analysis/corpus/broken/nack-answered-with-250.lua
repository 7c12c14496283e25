local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.rabbit' } },
  }
end)
kumo.on('make.rabbit', function()
  local client = kumo.amqp.build_client(os.getenv 'AMQP_URL')
  local rabbit = {}
  function rabbit:send(message)
    local result = client:publish { routing_key = 'q', payload = message:get_data() }:wait()
    if result.status == 'Nack' then
      return '250 refused by the broker' --> failure-as-success
    end
    return '250 ok'
  end
  function rabbit:close()
    client:close()
  end
  return rabbit
end)
