local kumo = require 'kumo'

local vips = { 'a', 'b' }
kumo.on('get_queue_config', function(domain, tenant)
  if table.contains(vips, tenant) then --> unknown-member
    return kumo.make_queue_config { egress_pool = 'vip' }
  end
end)
