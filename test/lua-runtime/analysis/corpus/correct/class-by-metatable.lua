local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

local Sender = {}
Sender.__index = Sender

function Sender.new(name)
  return setmetatable({ name = name }, Sender)
end

function Sender:send(message)
  return '250 ' .. self.name .. message:id()
end

kumo.on('make.amqp', function(domain, tenant, campaign)
  return Sender.new(domain)
end)
