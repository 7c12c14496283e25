local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

local function open(domain)
  local connection = {}
  function connection:send(message)
    return 'logged ' .. message:get_data():len()
  end
  return connection
end

kumo.on('pre_init', function()
  log_hooks:new { name = 'audit', constructor = open } --> event-in-handler
end)
