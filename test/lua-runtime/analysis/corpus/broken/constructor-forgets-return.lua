local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.sms' } },
  }
end)
kumo.on('make.sms', function(domain)
  local gateway = { domain = domain }
  function gateway:send(message)
    return '250 queued for ' .. self.domain
  end
end) --> missing-return
