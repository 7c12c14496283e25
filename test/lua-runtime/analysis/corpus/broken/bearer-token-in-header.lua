local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'api',
  constructor = function()
    local client = kumo.http.build_client {}
    return {
      send = function(_, message)
        local answer = client
          :post('https://api.example.com/records')
          :header('Authorization', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.Et9H') --> plain-secret
          :body(message:get_data())
          :send()
        if answer:status_is_success() then
          return '250 ok'
        end
        error(answer:text())
      end,
    }
  end,
}
