local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain)
  if domain ~= 'a' then
    return nil --> return-nil
  end
  return kumo.make_queue_config {}
end)
