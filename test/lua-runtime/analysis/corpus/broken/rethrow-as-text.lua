local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  function sender:send(message)
    local ok, err = pcall(function()
      kumo.reject(500, message:id())
    end)
    if not ok then
      error(tostring(err)) --> rethrow-as-text
    end
    error(err)
  end
  return sender
end)
