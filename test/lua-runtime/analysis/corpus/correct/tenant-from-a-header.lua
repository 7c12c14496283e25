local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  msg:set_meta('tenant', msg:get_first_named_header_value 'X-Tenant')
  msg:set_meta('campaign', nil)
  msg:set_meta('weight', 7)
  msg:set_meta('routing_domain', tostring(1))
end)
