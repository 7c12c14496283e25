local kumo = require 'kumo'

kumo.on('requeue_message', function(msg, response)
  if response:find '5.1.1' then
    kumo.reject(550, 'no such mailbox')
  end
end)
