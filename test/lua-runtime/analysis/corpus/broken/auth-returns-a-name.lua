local kumo = require 'kumo'

kumo.on('smtp_server_auth_plain', function(authz, authc, password)
  if password == os.getenv 'SMTP_PASSWORD' then
    return authc --> wrong-return
  end
  return false
end)
