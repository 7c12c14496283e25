local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'audit',
  batch_size = tonumber(os.getenv 'BATCH') or 1,
  constructor = function()
    local connection = {}
    function connection:send(message)
      return 'kept ' .. message:id()
    end
    return connection
  end,
}
