local kumo = require 'kumo'

local limits = { ['example.com'] = '10/s' }
kumo.on('get_queue_config', function(domain)
  local config = { max_message_rate = limits[domain], max_age = '1 day' }
  return config --> wrong-return
end)
