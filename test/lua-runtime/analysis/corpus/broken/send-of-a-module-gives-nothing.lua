local kumo = require 'kumo'
local Sender = require 'sender'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.module' } },
  }
end)
kumo.on('make.module', function(domain)
  return Sender.new(domain)
end)
---- sender.lua
local kumo = require 'kumo'

local Sender = {}
Sender.__index = Sender

function Sender.new(domain)
  return setmetatable({ domain = domain }, Sender)
end

function Sender:send(message)
  kumo.log_info(self.domain, message:id())
  if message:num_attempts() > 0 then
    return 'again'
  end
end --> send-without-string

return Sender
