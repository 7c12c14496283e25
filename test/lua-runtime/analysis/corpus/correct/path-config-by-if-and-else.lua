local kumo = require 'kumo'

kumo.on('get_egress_path_config', function(routing_domain, egress_source)
  local params = { enable_tls = 'Opportunistic' }
  if egress_source == 'warm-up' then
    params.max_message_rate = '5/s'
    return kumo.make_egress_path(params)
  else
    params.connection_limit = 'local:10'
    return kumo.make_egress_path(params)
  end
end)
