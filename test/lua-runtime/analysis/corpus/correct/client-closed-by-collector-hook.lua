local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)
local Amqp = {}
Amqp.__index = Amqp
function Amqp:send(message)
  return self.client:publish({ routing_key = 'q', payload = message:get_data() }):wait().status
end
function Amqp:close()
  self.client:close()
end
kumo.on('make.amqp', function()
  return setmetatable({ client = kumo.amqp.build_client(os.getenv 'AMQP_URL') }, Amqp)
end)
