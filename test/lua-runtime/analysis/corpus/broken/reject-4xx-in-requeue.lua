local kumo = require 'kumo'

kumo.on('requeue_message', function(msg, response)
  if response:find '4.7.1' then
    kumo.reject(451, 'try again in a while') --> reject-without-effect
  end
end)
