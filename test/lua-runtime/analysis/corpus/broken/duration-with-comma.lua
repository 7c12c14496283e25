local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    max_age = '1,5 days', --> bad-duration
  }
end)
