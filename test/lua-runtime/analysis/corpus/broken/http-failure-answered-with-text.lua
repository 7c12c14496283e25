local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'webhook',
  constructor = function()
    local client = kumo.http.build_client { timeout = '10s' }
    local connection = {}
    function connection:send(message)
      local response = client:post('https://hooks.example.com/'):body(message:get_data()):send()
      if not response:status_is_success() then
        return 'failed: ' .. response:status_reason() --> failure-as-success
      end
      return 'delivered'
    end
    return connection
  end,
}
