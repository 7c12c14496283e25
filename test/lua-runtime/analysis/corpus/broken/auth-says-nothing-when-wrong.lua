local kumo = require 'kumo'

kumo.on('smtp_server_auth_plain', function(authz, authc, password, conn_meta)
  local stored = conn_meta:get_meta(authc)
  if stored and stored == password then
    return true
  end
end) --> missing-return
