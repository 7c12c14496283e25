local kumo = require 'kumo'

for _, name in ipairs { 'a', 'b' } do
  kumo.on('make.' .. name, function()
    return {
      send = function()
        return '250 ok'
      end,
    }
  end)
end
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.' .. domain } },
  }
end)
