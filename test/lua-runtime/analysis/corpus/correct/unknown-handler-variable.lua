local kumo = require 'kumo'

local handlers = require 'handlers'
kumo.on('get_queue_config', handlers.queue)
kumo.on('make.x', handlers.make)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.x' } },
  }
end)
