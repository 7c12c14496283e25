local kumo = require 'kumo'

kumo.on('smtp_server_auth_plain', function(authz, authc, password, conn_meta)
  return authc == 'daniel' and password == os.getenv 'PASSWORD'
end)
