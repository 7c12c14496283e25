local kumo = require 'kumo'

kumo.on('init', function()
  kumo.configure_local_logs { log_dir = '/var/log/kumomta', filter_event = 'log.filter' }
end)
kumo.on('log.filter', function(msg)
  local record = msg:get_meta 'log_record'
  return record ~= nil and record.type == 'Delivery'
end)
