local kumo = require 'kumo'

kumo.on('init', function(settings) --> surplus-parameter
  kumo.configure_local_logs {
    log_dir = settings or '/var/log/kumomta',
  }
end)
