local kumo = require 'kumo'

kumo.on('http_message_generated', function(msg)
  msg:set_meta('tenant', 42) --> meta-not-text
end)
