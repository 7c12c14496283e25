local kumo = require 'kumo'
local queue_module = require 'policy-extras.queue'

kumo.on('get_queue_config', function(domain, tenant)
  return kumo.make_queue_config { egress_pool = tenant or 'shared' }
end)

queue_module:setup { '/opt/kumomta/etc/queue.toml' } --> unreachable-handler
