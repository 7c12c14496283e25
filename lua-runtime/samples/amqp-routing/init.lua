-- Messages for the queue "amqp" leave over AMQP; everything else takes kumod's defaults.
local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  if domain == 'amqp' then
    return kumo.make_queue_config {
      retry_interval = '5 minutes',
      max_age = '1 day',
      protocol = {
        -- kumod fires the event of this name once per session.
        custom_lua = { constructor = 'make.amqp' },
      },
    }
  end
  return kumo.make_queue_config {}
end)

-- The connection belongs to the session: it is made once here and used by every send.
kumo.on('make.amqp', function(domain, tenant, campaign)
  local sender = {}
  local client = kumo.amqp.build_client 'amqp://localhost'

  function sender:send(message)
    local confirm = client:publish {
      routing_key = 'logging',
      payload = message:get_data(),
    }

    local result = confirm:wait()
    if result.status == 'Ack' or result.status == 'NotRequested' then
      return '250 ok'
    end

    -- The broker refused to keep it: what it said becomes the reason of the bounce.
    kumo.reject(500, kumo.serde.json_encode(result))
  end

  function sender:close()
    client:close()
  end

  return sender
end)
