local kumo = require 'kumo'

kumo.on('get_listener_domain', function(domain)
  if domain == 'bounces.example.com' then
    return kumo.make_listener_domain { log_oob = true, log_arf = 'LogThenDrop' }
  end
end)
