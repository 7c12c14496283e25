local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = {
      custom_lua = {
        constructor = 'make.half',
        batch_size = 10 / 2, --> wrong-type
      },
    },
  }
end)
kumo.on('make.half', function()
  return {
    send_batch = function()
      return 'half'
    end,
  }
end)
