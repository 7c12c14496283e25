local kumo = require 'kumo'

kumo.on('refresh.lists', function(args)
  while true do
    kumo.sleep(args[1])
  end
end)
kumo.spawn_task { event_name = 'refresh.lists', args = { 60 } } --> init-only
