local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)
kumo.on('make.amqp', function()
  local client = kumo.amqp.build_client(os.getenv 'AMQP_URL')
  local connection = {}
  function connection:send(message)
    client:publish_with_timeout({
      routing_key = 'q',
      payload = message:get_data(),
      properties = {
        content_type = 'message/rfc822',
        headers = { ['x-priority'] = 'high' }, --> amqp-headers
      },
    }, 5000)
    return '250 ok'
  end
  function connection:close()
    client:close()
  end
  return connection
end)
