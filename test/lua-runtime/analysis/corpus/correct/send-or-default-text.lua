local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'echo',
  constructor = function()
    return {
      send = function(_, message)
        local reply = message:get_meta 'reply'
        return reply or '250 ok'
      end,
    }
  end,
}
