local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = {
      custom_lua = {
        constructor = 'make.amqp',
        batch_size = 10.0, --> wrong-type
      },
    },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  return {
    send_batch = function()
      return '250 ok'
    end,
  }
end)
