local kumo = require 'kumo'

kumo.on('http_message_generated', function(msg)
  kumo.log_info(kumo.json_encode { id = msg:id() }) --> deprecated
end)
