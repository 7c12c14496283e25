local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = {
      custom_lua = { constructor = 'make.amqb' }, --> constructor-without-handler
    },
  }
end)
local name = 'make.amqp'
kumo.on(name, function()
  return {
    send = function()
      return 'ok'
    end,
  }
end)
print(name == 'make.amqp')
