local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'nats',
  batch_size = 50,
  constructor = function()
    local connection = {}
    function connection:send_batch(messages)
      local client = kumo.nats.connect { servers = { 'nats:4222' } } --> client-per-message
      for _, message in ipairs(messages) do
        client:publish { subject = 'records', payload = message:get_data() }
      end
      client:close()
      return 'published ' .. #messages
    end
    return connection
  end,
}
