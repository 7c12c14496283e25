local kumo = require 'kumo'
local transport = require 'transport'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.transport', batch_size = 20 } },
  }
end)
kumo.on('make.transport', function(domain)
  return transport.open(domain)
end)
