local kumo = require 'kumo'

kumo.on('http_message_generated', function(msg)
  kumo.amqp.basic_publish {
    routing_key = 'q',
    payload = msg:get_data(),
    headers = { 0, {} },
    connection = { host = 'rabbit' },
  }
end)
