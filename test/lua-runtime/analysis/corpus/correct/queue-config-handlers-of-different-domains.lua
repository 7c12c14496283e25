local kumo = require 'kumo'

local function only(wanted, params)
  return function(domain)
    if domain == wanted then
      return kumo.make_queue_config(params)
    end
  end
end
kumo.on('get_queue_config', only('a.example', { max_age = '1h' }))
kumo.on('get_queue_config', only('b.example', { max_age = '2h' }))
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {}
end)
