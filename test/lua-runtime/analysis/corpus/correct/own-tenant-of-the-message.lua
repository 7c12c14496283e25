local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'own',
  constructor = function(domain, tenant)
    return {
      send = function(_, message)
        local tenant = message:get_meta 'tenant' or 'none'
        return domain .. ' took one of ' .. tenant
      end,
    }
  end,
}
