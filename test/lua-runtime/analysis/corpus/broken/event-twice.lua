local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  msg:set_meta('tenant', 'a')
end)
kumo.on('smtp_server_message_received', function(msg) --> duplicate-event
  msg:set_meta('campaign', 'b')
end)
