local kumo = require 'kumo'

kumo.on('should_enqueue_log_record', function(msg, hook_name)
  if hook_name == 'journal' then
    msg:set_recipient 'journal@archive.example.com'
    return true
  end
end)
