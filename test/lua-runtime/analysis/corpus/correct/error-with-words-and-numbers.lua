local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'counted',
  constructor = function()
    return {
      send = function(_, message)
        if message:num_attempts() > 5 then
          error '500ms are over'
        end
        return '250 ok'
      end,
    }
  end,
}
