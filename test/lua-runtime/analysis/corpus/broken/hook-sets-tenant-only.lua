local kumo = require 'kumo'

kumo.on('should_enqueue_log_record', function(msg, hook_name)
  if hook_name == 'billing' then
    msg:set_meta('tenant', 'billing')
    kumo.log_info('billing record', msg:id())
    return true --> hook-without-queue
  end
end)
