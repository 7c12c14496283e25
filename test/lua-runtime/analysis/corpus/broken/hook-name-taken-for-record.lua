local kumo = require 'kumo'

kumo.on('should_enqueue_log_record', function(msg, log_record)
  if log_record.reception_protocol == 'HTTP' then --> unknown-member
    msg:set_meta('queue', 'api.log_hook')
    return true
  end
end)
