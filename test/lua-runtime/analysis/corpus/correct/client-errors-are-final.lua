local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'api',
  constructor = function()
    local client = kumo.http.build_client {}
    return {
      send = function(_, message)
        local answer = client:post('https://api.example.com/'):body(message:get_data()):send()
        if answer:status_is_client_error() then
          kumo.reject(500, answer:text())
        elseif answer:status_is_server_error() then
          kumo.reject(451, answer:text())
        end
        return answer:status_reason()
      end,
    }
  end,
}
