local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  function sender:send(message)
    local ok, result = pcall(function()
      return '250 ' .. message:id()
    end)
    if not ok then
      error(result)
    end
    return result
  end
  return sender
end)
