local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  function tenant_of(m) --> accidental-global
    return m:get_meta 'tenant'
  end
  msg:set_meta('queue', tenant_of(msg))
end)
