local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  if msg:get_meta 'vip' then
    kumo.on('should_enqueue_log_record', function() --> event-in-handler
      return false
    end)
  end
end)
