local kumo = require 'kumo'

kumo.on('http_message_generated', function(msg)
  local id = msg.id() --> call-form
  msg:set_meta('reference', id)
end)
