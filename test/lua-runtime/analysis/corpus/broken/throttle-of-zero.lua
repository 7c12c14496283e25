local kumo = require 'kumo'

kumo.on('throttle_insert_ready_queue', function(msg)
  local throttle = kumo.make_throttle('all', '0/s') --> bad-throttle
  throttle:delay_message_if_throttled(msg)
end)
