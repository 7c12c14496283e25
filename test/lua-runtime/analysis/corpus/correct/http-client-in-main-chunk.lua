local kumo = require 'kumo'

local client = kumo.http.build_client { timeout = '2s' }
kumo.on('smtp_server_auth_plain', function(authz, authc, password)
  local answer = client:get('https://auth.example.com/'):basic_auth(authc, password):send()
  return answer:status_is_success()
end)
