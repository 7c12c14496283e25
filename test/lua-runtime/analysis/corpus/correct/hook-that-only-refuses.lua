local kumo = require 'kumo'

kumo.on('should_enqueue_log_record', function(msg, hook_name)
  if hook_name == 'quiet' then
    return false
  end
end)
