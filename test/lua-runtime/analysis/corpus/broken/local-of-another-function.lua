local kumo = require 'kumo'

local function load()
  local limit = 5
  return limit
end
kumo.on('get_queue_config', function()
  if load() > limit then --> undefined-global
    return kumo.make_queue_config {}
  end
end)
