local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  local target = { domain = 'relay.example.com', tenant = 'a' }
  msg:set_meta('queue', target) --> meta-not-text
end)
