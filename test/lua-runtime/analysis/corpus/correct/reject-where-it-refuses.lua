local kumo = require 'kumo'

kumo.on('smtp_server_connection_accepted', function(conn_meta)
  if conn_meta:get_meta 'received_from' == '192.0.2.1' then
    kumo.disconnect(421, 'not today', 'ForceDisconnect')
  end
end)
kumo.on('http_server_validate_auth_basic', function(user)
  if user == 'nobody' then
    kumo.reject(401, 'who are you')
  end
  return true
end)
