local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    shrink_policy = {
      { interval = '10m', policy = 'ShrinkData' },
      { interval = '1h', policy = 'ShrinkDataAndMeta' },
    },
  }
end)
