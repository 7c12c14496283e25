local kumo = require 'kumo'
local queue_module = require 'policy-extras.queue'
local log_hooks = require 'policy-extras.log_hooks'

local queue_helper = queue_module:setup { '/opt/kumomta/etc/queue.toml' }

log_hooks:new_json { --> helper-order
  name = 'webhook',
  url = 'http://10.0.0.1:4242/log',
}

kumo.on('smtp_server_message_received', function(msg)
  queue_helper:apply(msg)
end)
