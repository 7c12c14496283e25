local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.nats' } },
  }
end)
kumo.on('make.nats', function()
  local client = kumo.nats.connect { servers = { 'nats:4222' } }
  local connection = {}
  local function publish(message)
    return client:publish { subject = 'mail', payload = message:get_data() }
  end
  function connection:send(message)
    local done = pcall(publish, message) --> failure-as-success
    return '250 ' .. message:id()
  end
  return connection
end)
