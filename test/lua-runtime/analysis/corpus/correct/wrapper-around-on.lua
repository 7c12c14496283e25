local kumo = require 'kumo'

local function on(event, handler)
  print('registering ' .. event)
  kumo.on(event, handler)
end
on('get_queue_config', function()
  return kumo.make_queue_config {}
end)
on('make.mine', function()
  return {}
end)
