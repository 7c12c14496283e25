local kumo = require 'kumo'

kumo.on('refresh', function(args)
  kumo.log_info('refreshing', args[1])
end)
kumo.on('init', function()
  kumo.spawn_task { event_name = 'refresh', args = { 'lists' } }
end)
