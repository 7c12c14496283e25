local kumo = require 'kumo'
local sqlite = require 'sqlite'

local find = kumo.memoize(function(user)
  local db = sqlite.open('/var/lib/auth.db', 5)
  return db:execute('select 1 from users where email = ?', user)
end, { name = 'users', ttl = '1 minute', capacity = 100 })
kumo.on('smtp_server_auth_plain', function(authz, authc)
  return find(authc)[1] == 1
end)
