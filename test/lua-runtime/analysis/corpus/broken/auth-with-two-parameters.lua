local kumo = require 'kumo'

kumo.on('smtp_server_auth_plain', function(credentials, conn_meta)
  local peer = conn_meta:get_meta 'received_from' --> unknown-member
  return peer == '10.0.0.1' and credentials ~= ''
end)
