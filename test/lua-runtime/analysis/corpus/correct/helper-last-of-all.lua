local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'
local queue_module = require 'policy-extras.queue'
local shaping = require 'policy-extras.shaping'

log_hooks:new_json { name = 'webhook', url = 'http://10.0.0.1:4242/log' }
local shaper = shaping:setup_with_automation { publish = { 'http://127.0.0.1:8008' } }
kumo.on('get_queue_config', function(domain)
  if domain == 'maildir.example.com' then
    return kumo.make_queue_config { protocol = { maildir_path = '/var/tmp/m' } }
  end
end)
local queue_helper = queue_module:setup { '/opt/kumomta/etc/queue.toml' }

kumo.on('init', function()
  shaper.setup_publish()
end)
kumo.on('get_egress_path_config', shaper.get_egress_path_config)
kumo.on('http_message_generated', function(msg)
  queue_helper:apply(msg)
end)
