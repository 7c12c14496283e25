local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    max_message_rate = 100, --> wrong-type
  }
end)
