local kumo = require 'kumo'

local function route(msg, auth, target)
  msg:set_meta('queue', target or 'default.example.com')
end
kumo.on('http_message_generated', route)
kumo.on('smtp_server_message_received', function(msg)
  route(msg, nil, 'smtp.example.com')
end)
