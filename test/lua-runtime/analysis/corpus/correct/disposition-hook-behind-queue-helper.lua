local queue_module = require 'policy-extras.queue'
local log_hooks = require 'policy-extras.log_hooks'

queue_module:setup { '/opt/kumomta/etc/queue.toml' }
log_hooks:new_disposition_hook {
  name = 'counter',
  hook = function(msg, record)
    print(msg:id(), record.type)
  end,
}
