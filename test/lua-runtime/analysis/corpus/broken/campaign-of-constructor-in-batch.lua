local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'campaigns',
  batch_size = 10,
  constructor = function(_, _, campaign)
    return {
      send_batch = function(_, messages)
        return string.format('%d for %s', #messages, campaign) --> representative-argument
      end,
    }
  end,
}
