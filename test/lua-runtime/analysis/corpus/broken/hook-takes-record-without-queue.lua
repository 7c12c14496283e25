local kumo = require 'kumo'

kumo.on('init', function()
  kumo.configure_log_hook { name = 'audit' }
end)
kumo.on('should_enqueue_log_record', function(msg, hook_name)
  local record = msg:get_meta 'log_record'
  if hook_name ~= 'audit' or record.type == 'Reception' then
    return false
  end
  return true --> hook-without-queue
end)
