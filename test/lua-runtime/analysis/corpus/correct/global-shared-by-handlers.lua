local kumo = require 'kumo'

kumo.on('init', function()
  started_at = os.time()
end)
kumo.on('get_queue_config', function()
  if started_at then
    return kumo.make_queue_config {}
  end
end)
