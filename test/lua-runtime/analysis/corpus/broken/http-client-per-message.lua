local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'slack',
  constructor = function()
    return {
      send = function(_, message)
        local client = kumo.http.build_client { timeout = '5s' } --> client-per-message
        local answer = client:post(os.getenv 'SLACK_URL'):body(message:get_data()):send()
        if not answer:status_is_success() then
          kumo.reject(451, answer:text())
        end
        return answer:status_reason()
      end,
    }
  end,
}
