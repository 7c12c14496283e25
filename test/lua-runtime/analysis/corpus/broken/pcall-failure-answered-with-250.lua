local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'amqp',
  constructor = function()
    local connection = {}
    function connection:send(message)
      local ok, err = pcall(kumo.amqp.basic_publish, {
        routing_key = 'records',
        payload = message:get_data(),
        connection = { host = 'rabbit' },
      })
      if not ok then
        kumo.log_error('publish failed', err)
        return '250 accepted' --> failure-as-success
      end
      return '250 ok'
    end
    return connection
  end,
}
