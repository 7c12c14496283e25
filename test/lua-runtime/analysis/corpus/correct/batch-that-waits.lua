local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'batched',
  batch_size = 100,
  min_batch_size = 100,
  max_batch_latency = '10s',
  constructor = function()
    return {
      send_batch = function(_, messages)
        return tostring(#messages)
      end,
    }
  end,
}
