local kumo = require 'kumo'

kumo.on('init', function()
  kumo.configure_local_logs { log_dir = '/var/log/kumomta' }
end)

kumo.on('smtp_server_message_received', function(msg)
  local dkim_sign = require 'policy-extras.dkim_sign' --> event-in-handler
  local sign = dkim_sign:setup { '/opt/kumomta/etc/dkim_data.toml' }
  sign(msg)
end)
