-- Every log record becomes a message of its own, queued to "amqp" and published with
-- basic_publish. That call returns before the broker has answered: what it answers, kumod never sees.
local kumo = require 'kumo'

kumo.on('init', function()
  kumo.configure_log_hook { name = 'amqp' }
end)

kumo.on('should_enqueue_log_record', function(message, hook_name)
  if hook_name ~= 'amqp' then
    -- Nothing is returned, so that other hooks are asked.
    return
  end
  message:set_meta('queue', 'amqp')
  return true
end)

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  if domain ~= 'amqp' then
    return
  end
  return kumo.make_queue_config {
    retry_interval = '1 minute',
    max_retry_interval = '20 minutes',
    protocol = {
      custom_lua = { constructor = 'make.amqp.log_hook' },
    },
  }
end)

kumo.on('make.amqp.log_hook', function(domain, tenant, campaign)
  local sender = {}

  function sender:send(message)
    kumo.amqp.basic_publish {
      routing_key = 'logging',
      payload = message:get_data(),
      content_type = 'application/json',
      delivery_mode = 2,
      connection = {
        host = 'localhost',
      },
    }
    return '250 ok'
  end

  return sender
end)
