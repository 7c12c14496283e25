local kumo = require 'kumo'

local RABBIT = {
  host = 'rabbit.internal',
  username = 'kumo',
  password = 'Tq7#pl92vX', --> plain-secret
}
kumo.on('http_message_generated', function(msg)
  kumo.amqp.basic_publish { routing_key = 'mail', payload = msg:id(), connection = RABBIT }
end)
