local kumo = require 'kumo'

local blocked = { ['spamtrap.example'] = true }
kumo.on('get_queue_config', function(domain)
  if blocked[domain] then
    kumo.reject(550, 'we do not send there') --> reject-without-effect
  end
end)
