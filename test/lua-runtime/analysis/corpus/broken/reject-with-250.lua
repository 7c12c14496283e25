local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  if msg:get_meta 'blackhole' then
    kumo.reject(250, 'OK, accepted') --> reject-code
  end
end)
