local kumo = require 'kumo'

counter = 0
kumo.on('get_queue_config', function()
  counter = counter + 1
  return kumo.make_queue_config {}
end)
