local kumo = require 'kumo'

kumo.on('init', function()
  local client = kumo.amqp.build_client(os.getenv 'AMQP_URL')
  client:publish { routing_key = 'lifecycle', payload = 'started' }
  client:close()
end)
