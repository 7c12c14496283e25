local kumo = require 'kumo'

local users = {}
kumo.on('http_server_validate_auth_basic', function(user, password)
  if not users[user] then
    return nil --> missing-return
  end
  return users[user] == password
end)
