local kumo = require 'kumo'

kumo.on('get_egress_path_config', function(routing_domain, egress_source, site_name)
  if routing_domain == 'gmail.com' then
    return kumo.make_egress_path { connection_limit = 5 }
  elseif egress_source == 'warm-up' then
    return kumo.make_egress_path { max_message_rate = '5/s' }
  end
end) --> missing-return
