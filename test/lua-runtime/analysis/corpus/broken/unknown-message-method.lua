local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  msg:set_metadata('queue', 'x') --> unknown-member
end)
