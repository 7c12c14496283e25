local kumo = require 'kumo'

kumo.on('init', function()
  kumo.on('get_queue_config', function() --> event-in-handler
    return kumo.make_queue_config {}
  end)
end)
