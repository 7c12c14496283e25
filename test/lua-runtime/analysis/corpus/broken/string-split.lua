local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  local parts = string.split(msg:id(), '-') --> unknown-member
  msg:set_meta('part', parts[1])
end)
