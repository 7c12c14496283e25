local kumo = require 'kumo'

kumo.on('smtp_server_auth_plain', function(authz, authc, password)
  if password ~= os.getenv 'PASSWORD' then
    return false
  end
  return { identities = { { identity = authc, context = 'SmtpAuthPlainAuthentication' } } }
end)
