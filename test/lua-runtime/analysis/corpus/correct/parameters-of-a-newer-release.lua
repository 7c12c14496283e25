local kumo = require 'kumo'

kumo.on('requeue_message', function(msg, response, insert_context, increment_attempts, delay)
  if increment_attempts and #insert_context > 0 then
    print(response, delay)
  end
end)
