local kumo = require 'kumo'
local broker = require 'broker'

kumo.on('http_message_generated', function(msg)
  broker.publish(msg)
end)
---- broker.lua
local kumo = require 'kumo'

local client = kumo.nats.connect { servers = { '127.0.0.1:4222' } } --> waits-in-require

return {
  publish = function(message)
    client:publish { subject = 'logging', payload = message:get_data() }
  end,
}
