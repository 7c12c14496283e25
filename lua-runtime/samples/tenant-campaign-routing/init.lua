-- Tenant and campaign decide: known tenants leave over AMQP through a topic exchange, everybody
-- else by SMTP.
local kumo = require 'kumo'
local routes = require 'routes'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  local route = tenant and routes[tenant]
  if not route then
    return
  end

  local urgent = campaign and routes.urgent_campaigns[campaign]
  return kumo.make_queue_config {
    retry_interval = urgent and '30 seconds' or route.retry_interval,
    max_age = urgent and '1 hour' or '2 days',
    protocol = {
      custom_lua = { constructor = 'make.mail' },
    },
  }
end)

-- One ready queue can serve many tenants: the arguments are those of just one of them. What differs
-- from message to message has to come from the message.
kumo.on('make.mail', function(domain)
  local sender = {}
  local client = kumo.amqp.build_client 'amqp://localhost'

  function sender:send(message)
    local tenant = message:get_meta 'tenant'
    local campaign = message:get_meta 'campaign' or 'none'
    local result = client:publish_with_timeout({
      exchange = routes[tenant].exchange,
      routing_key = string.format('%s.%s', tenant, campaign),
      payload = message:get_data(),
      options = { mandatory = true },
    }, 5000)

    if result.reply_code then
      kumo.reject(550, 'no queue takes ' .. tenant .. '.' .. campaign .. ': ' .. result.reply_text)
    end
    if result.status == 'Nack' then
      kumo.reject(450, 'the broker is full, try again')
    end
    return '250 published as ' .. tenant .. '.' .. campaign
  end

  function sender:close()
    client:close()
  end

  return sender
end)
