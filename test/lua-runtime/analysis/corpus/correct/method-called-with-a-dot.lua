local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  local tenant = msg.get_meta(msg, 'tenant')
  msg.set_meta(msg, 'queue', tenant)
end)
