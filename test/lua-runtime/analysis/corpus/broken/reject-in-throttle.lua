local kumo = require 'kumo'

kumo.on('throttle_insert_ready_queue', function(msg)
  if msg:num_attempts() > 20 then
    kumo.reject(550, 'too many attempts') --> reject-without-effect
  end
end)
