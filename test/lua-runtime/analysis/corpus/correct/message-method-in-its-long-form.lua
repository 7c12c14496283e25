local kumo = require 'kumo'

local get = nil
kumo.on('http_message_generated', function(msg)
  get = get or msg.get_meta
  print(msg.get_meta(msg, 'tenant'), get(msg, 'campaign'))
end)
