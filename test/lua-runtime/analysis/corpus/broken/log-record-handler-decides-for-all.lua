local kumo = require 'kumo'

kumo.on('should_enqueue_log_record', function(msg, hook_name)
  local record = msg:get_meta 'log_record'
  if record.type == 'Delivery' then
    return false
  end
  msg:set_meta('queue', 'audit.log_hook')
  return true
end)
kumo.on('should_enqueue_log_record', function(msg, hook_name) --> unreachable-handler
  if hook_name == 'billing' then
    msg:set_meta('queue', 'billing.log_hook')
    return true
  end
end)
