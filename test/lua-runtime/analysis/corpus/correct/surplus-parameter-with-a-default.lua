local kumo = require 'kumo'

kumo.on('init', function(settings)
  settings = settings or { log_dir = '/var/log/kumomta' }
  kumo.configure_local_logs(settings)
end)
