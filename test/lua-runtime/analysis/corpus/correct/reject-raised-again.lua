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
      if message:num_attempts() > 5 then
        kumo.reject(500, 'too often')
      end
    end)
    if not ok then
      error(err)
    end
    return '250 ok'
  end
  return sender
end)
