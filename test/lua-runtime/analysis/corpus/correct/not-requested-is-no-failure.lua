local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)
kumo.on('make.amqp', function()
  local client = kumo.amqp.build_client(os.getenv 'AMQP_URL')
  return {
    send = function(_, message)
      local result = client:publish({ routing_key = 'q', payload = message:get_data() }):wait()
      if result.status ~= 'Ack' then
        kumo.log_warn('unconfirmed', result.status)
        return '250 unconfirmed'
      end
      return '250 confirmed'
    end,
    close = function()
      client:close()
    end,
  }
end)
