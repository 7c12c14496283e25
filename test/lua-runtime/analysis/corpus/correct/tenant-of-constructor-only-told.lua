local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'talkative',
  constructor = function(domain, tenant, campaign)
    local connection = { opened_for = tenant }
    function connection:send(message)
      kumo.log_info('session of', tenant, campaign)
      return domain .. ' took ' .. message:id()
    end
    return connection
  end,
}
