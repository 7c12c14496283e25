local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

local function make()
  return {
    send = function()
      return 'ok'
    end,
  }
end
kumo.on('make.amqp', make)
kumo.on('make.amqp', make) --> duplicate-event
