-- The routing policy in the form in which the AMQP guide used to print it. It loads without a
-- complaint and delivers nothing: there are two mistakes in the second handler.
local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  if domain == 'amqp' then
    return kumo.make_queue_config {
      protocol = {
        custom_lua = { constructor = 'make.amqp' },
      },
    }
  end
  return kumo.make_queue_config {}
end)

kumo.on('make.amqp', function(domain, tenant, campaign)
  local client = kumo.amqp.build_client 'amqp://localhost'
  local confirm = client:publish {
    routing_key = 'logging',
    payload = message:get_data(),
  }
  local result = confirm:wait()

  if result.status == 'Ack' or result.status == 'NotRequested' then
    return
  end

  kumo.reject(500, kumo.json_encode(result))
end)
