local kumo = require 'kumo'

local Base = {}
Base.__index = Base
function Base:send(message)
  return self:deliver(message)
end

local Webhook = setmetatable({}, { __index = Base })
Webhook.__index = Webhook
function Webhook:deliver(message)
  return 'webhook took ' .. message:id()
end

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.inherited' } },
  }
end)
kumo.on('make.inherited', function()
  return setmetatable({}, Webhook)
end)
