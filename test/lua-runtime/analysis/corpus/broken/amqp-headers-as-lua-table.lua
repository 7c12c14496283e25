local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'amqp',
  constructor = function()
    local connection = {}
    function connection:send(message)
      kumo.amqp.basic_publish {
        routing_key = 'records',
        payload = message:get_data(),
        headers = { tenant = message:get_meta 'tenant' }, --> amqp-headers
        connection = { host = 'rabbit' },
      }
      return '250 ok'
    end
    return connection
  end,
}
