local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

local function store(message)
  local file, err = io.open('/var/log/records', 'a')
  if not file then
    return nil, err
  end
  file:write(message:get_data())
  file:close()
  return 'stored'
end
log_hooks:new {
  name = 'file',
  constructor = function()
    return {
      send = function(_, message)
        return assert(store(message))
      end,
    }
  end,
}
