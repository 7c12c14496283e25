local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'lock',
  constructor = function()
    local held = 0
    return {
      send = function(_, message)
        held = held + 1
        local _lock <close> = setmetatable({}, {
          __close = function()
            held = held - 1
          end,
        })
        return message:id() .. held
      end,
    }
  end,
}
