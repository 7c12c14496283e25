local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  return {
    send = function(self, message)
      if message:get_meta 'ok' then
        return '250 ok'
      elseif message:get_meta 'late' then
        kumo.reject(451, 'later')
      end
    end, --> send-without-string
  }
end)
