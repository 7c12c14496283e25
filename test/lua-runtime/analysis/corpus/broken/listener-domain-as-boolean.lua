local kumo = require 'kumo'

local ours = { ['example.com'] = true }
kumo.on('get_listener_domain', function(domain, listener, conn_meta)
  if ours[domain] then
    return true --> wrong-return
  end
end)
