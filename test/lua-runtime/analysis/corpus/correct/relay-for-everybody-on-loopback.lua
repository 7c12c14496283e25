local kumo = require 'kumo'

kumo.on('init', function()
  kumo.start_esmtp_listener { listen = '127.0.0.1:2025', relay_hosts = { '0.0.0.0/0' } }
end)
kumo.on('get_listener_domain', function()
  return kumo.make_listener_domain { relay_to = true }
end)
