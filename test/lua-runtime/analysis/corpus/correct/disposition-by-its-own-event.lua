local kumo = require 'kumo'

kumo.on('init', function()
  kumo.configure_log_disposition_hook { name = 'counts' }
end)
kumo.on('log_disposition_counts', function(msg, record)
  print(msg:id(), record.response.code)
end)
