local kumo = require 'kumo'

local users = { daniel = 'tiger' }
kumo.on('http_server_validate_auth_basic', function(user, password)
  return users[user] ~= nil and users[user] == password
end)
