local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = {
      custom_lua = { constructor = 'make.files', batch_size = 1 },
    },
  }
end)
local Files = {}
Files.__index = Files
function Files:send_batch(messages)
  return string.format('wrote %d', #messages)
end
kumo.on('make.files', function()
  return setmetatable({}, Files) --> send-missing
end)
