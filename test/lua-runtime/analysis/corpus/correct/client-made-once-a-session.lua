local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'lazy',
  constructor = function()
    local client
    local connection = {}
    local function connected()
      client = client or kumo.http.build_client {}
      return client
    end
    function connection:send(message)
      return connected():post('http://127.0.0.1/'):body(message:get_data()):send():status_reason()
    end
    return connection
  end,
}
