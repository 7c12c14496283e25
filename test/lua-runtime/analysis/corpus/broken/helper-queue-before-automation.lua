local kumo = require 'kumo'
local queue_module = require 'policy-extras.queue'
local shaping = require 'policy-extras.shaping'

queue_module:setup { '/opt/kumomta/etc/queue.toml' }
local shaper = shaping:setup_with_automation { --> helper-order
  publish = { 'http://127.0.0.1:8008' },
}
kumo.on('init', function()
  shaper.setup_publish()
end)
kumo.on('get_egress_path_config', shaper.get_egress_path_config)
