local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  local tenant = msg:get_meta('tenant', 'default') --> surplus-argument
  msg:set_meta('queue', tenant)
end)
