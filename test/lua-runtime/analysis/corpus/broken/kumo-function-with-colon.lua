local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  kumo:log_info('received', msg:id()) --> call-form
end)
