local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'
local queue_module = require 'policy-extras.queue'

local helper = queue_module:setup_with_options {
  file_names = { '/opt/kumomta/etc/queue.toml' },
  skip_queue_config_hook = true,
}
log_hooks:new_json { name = 'webhook', url = 'http://10.0.0.1:4242/log' }
kumo.on('get_queue_config', function(domain, tenant, campaign)
  local params = helper:resolve_config(domain, tenant, campaign)
  params.max_age = '1 day'
  return kumo.make_queue_config(params)
end)
