local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lau = { constructor = 'x' } }, --> no-variant
  }
end)
