local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

local function spill(message)
  local file = assert(io.open('/var/spool/records', 'a'))
  file:write(message:get_data())
  file:close()
end
log_hooks:new {
  name = 'kafka',
  constructor = function()
    local producer = kumo.kafka.build_producer { ['bootstrap.servers'] = 'kafka:9092' }
    return {
      send = function(_, message)
        local ok, err = pcall(function()
          producer:send { topic = 'records', payload = message:get_data() }
        end)
        if not ok then
          spill(message)
          return 'spilled: ' .. tostring(err)
        end
        return 'sent'
      end,
    }
  end,
}
