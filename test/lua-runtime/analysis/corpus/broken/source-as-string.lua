local kumo = require 'kumo'

kumo.on('get_egress_source', function(source_name)
  if source_name == 'ip-1' then
    return kumo.make_egress_source { name = source_name, source_address = '10.0.0.1' }
  end
  return source_name --> wrong-return
end)
