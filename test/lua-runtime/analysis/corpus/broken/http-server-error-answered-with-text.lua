local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'crm',
  constructor = function()
    local client = kumo.http.build_client {}
    return {
      send = function(_, message)
        local answer = client:put('https://crm.example.com/mail'):body(message:get_data()):send()
        if answer:status_is_server_error() then
          kumo.log_warn('crm is down')
          return string.format('%d', answer:status_code()) --> failure-as-success
        end
        return answer:text()
      end,
    }
  end,
}
