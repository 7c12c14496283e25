local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'clickhouse',
  batch_size = 500,
  max_batch_latency = '5s',
  constructor = function()
    local sink = {} --> send-missing
    function sink:send(message)
      return 'inserted ' .. message:id()
    end
    return sink
  end,
}
