local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'main',
  constructor = function()
    local client = kumo.http.build_client {}
    local connection = {}
    function connection:send(message)
      local answer = client:post('https://api.example.com/'):body(message:get_data()):send()
      if not answer:status_is_success() then
        kumo.reject(451, answer:status_reason())
      end
      pcall(function()
        client:post('https://metrics.example.com/'):body('1'):send()
      end)
      return '250 ok'
    end
    return connection
  end,
}
