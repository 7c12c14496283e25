local kumo = require 'kumo'

kumo.on('get_egress_pool', function(pool_name)
  return { --> wrong-return
    name = pool_name,
    entries = { { name = 'ip-1' } },
  }
end)
