local kumo = require 'kumo'

local HEADERS = { source = 'kumomta', version = '2' } --> amqp-headers

kumo.on('http_message_generated', function(msg)
  kumo.amqp.basic_publish {
    exchange = 'audit',
    routing_key = 'injected',
    payload = msg:get_data(),
    headers = HEADERS,
    connection = { host = 'rabbit' },
  }
end)
