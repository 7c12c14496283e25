local kumo = require 'kumo'

kumo.on('get_listener_domain', function(domain)
  return nil
end)
