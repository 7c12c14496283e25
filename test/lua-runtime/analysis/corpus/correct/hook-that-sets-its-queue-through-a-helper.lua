local kumo = require 'kumo'

local function route(msg, name)
  msg:set_meta('queue', name .. '.log_hook')
end
kumo.on('should_enqueue_log_record', function(msg, hook_name)
  route(msg, hook_name)
  return true
end)
