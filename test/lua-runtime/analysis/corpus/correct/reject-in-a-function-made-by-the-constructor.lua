local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'strict',
  constructor = function()
    local function refuse(why)
      kumo.reject(550, why)
    end
    local connection = {}
    function connection:send(message)
      if #message:get_data() == 0 then
        refuse 'empty'
      end
      return 'ok'
    end
    return connection
  end,
}
