local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.loop' } },
  }
end)
kumo.on('make.loop', function()
  local connection = {}
  function connection:send(message)
    local tries = 0
    ::again::
    tries = tries + 1
    if tries < 3 then
      goto again
    end
    return 'after ' .. tries
  end
  return connection
end)
