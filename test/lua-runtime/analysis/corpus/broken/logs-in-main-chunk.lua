local kumo = require 'kumo'

local settings = { dir = '/var/log/kumomta', headers = { 'Subject' } }
if settings.dir then
  kumo.configure_local_logs { --> init-only
    log_dir = settings.dir,
    headers = settings.headers,
  }
end
