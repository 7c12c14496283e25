local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

local methods = {
  send = function(self, message)
    return '250 ' .. message:id()
  end,
}

kumo.on('make.amqp', function(domain, tenant, campaign)
  return setmetatable({}, {
    __index = function(_, name)
      return methods[name]
    end,
  })
end)
