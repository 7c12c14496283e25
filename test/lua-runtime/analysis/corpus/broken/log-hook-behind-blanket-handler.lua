local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

kumo.on('get_queue_config', function(domain)
  if domain == 'bulk.example.com' then
    return kumo.make_queue_config { max_age = '4 hours' }
  end
  return kumo.make_queue_config {}
end)

log_hooks:new_json { name = 'crm', url = 'https://crm.example.com/hook' } --> unreachable-handler
