local kumo = require 'kumo'

kumo.on('http_message_generated', function(msg)
  local size = #msg:get_data()
  msg:set_meta('campaign', size) --> meta-not-text
end)
