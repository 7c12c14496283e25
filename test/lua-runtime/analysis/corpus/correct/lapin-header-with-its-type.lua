local kumo = require 'kumo'

kumo.on('init', function()
  local client = kumo.amqp.build_client(os.getenv 'AMQP_URL')
  client:publish {
    routing_key = 'q',
    payload = 'up',
    properties = { headers = { source = { LongString = 'kumo' } }, delivery_mode = 2 },
  }
  client:close()
end)
