local kumo = require 'kumo'

kumo.on('should_enqueue_log_record', function(msg, hook_name)
  if hook_name ~= 'webhook' then
    return nil --> return-nil
  end
  msg:set_meta('queue', 'webhook.log_hook')
  return true
end)
