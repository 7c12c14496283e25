local kumo = require 'kumo'

local shapers = {
  ['gmail.com'] = function()
    return kumo.make_egress_path { connection_limit = 3 }
  end,
}
local function default()
  return kumo.make_egress_path {}
end
kumo.on('get_egress_path_config', function(routing_domain)
  return (shapers[routing_domain] or default)()
end)
