local kumo = require 'kumo'

local client = kumo.amqp.build_client(os.getenv 'AMQP_URL') --> client-in-main-chunk

kumo.on('smtp_server_message_received', function(msg)
  client:publish { routing_key = 'received', payload = msg:id() }
end)
