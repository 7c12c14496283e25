local kumo = require 'kumo'

local client = kumo.amqp.build_client(os.getenv 'AMQP_URL')
kumo.on('main', function(...)
  for _, line in ipairs { ... } do
    client:publish { routing_key = 'import', payload = line }
  end
  client:close()
end)
