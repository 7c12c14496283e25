local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.partner' } },
  }
end)
kumo.on('make.partner', function(domain)
  if domain:find '%.invalid$' then
    kumo.reject(550, 'no such partner') --> reject-in-constructor
  end
  return {
    send = function(self, message)
      return 'handed over ' .. message:id()
    end,
  }
end)
