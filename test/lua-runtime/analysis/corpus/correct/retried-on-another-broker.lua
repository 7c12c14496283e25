local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

local function publish(host, message)
  kumo.amqp.basic_publish {
    routing_key = 'records',
    payload = message:get_data(),
    connection = { host = host },
  }
end
log_hooks:new {
  name = 'amqp',
  constructor = function()
    return {
      send = function(_, message)
        local ok = pcall(publish, 'rabbit-1', message)
        if not ok then
          publish('rabbit-2', message)
          return '250 by the second broker'
        end
        return '250 ok'
      end,
    }
  end,
}
