local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'bulk',
  batch_size = 100,
  constructor = function()
    local client = kumo.http.build_client {}
    return {
      send_batch = function(self, messages)
        local lines = {}
        for i, message in ipairs(messages) do
          lines[i] = message:get_data()
        end
        local answer = client:post('http://127.0.0.1/bulk'):body(table.concat(lines)):send()
        if answer:status_is_success() then
          return 'stored ' .. #lines
        end
        kumo.log_error('bulk', answer:status_code())
      end, --> send-without-string
    }
  end,
}
