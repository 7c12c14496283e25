local kumo = require 'kumo'

kumo.on('init', function()
  kumo.start_esmtp_listener { listen = '[::]:25' }
end)
kumo.on('get_listener_domain', function(domain, listener, conn_meta)
  return kumo.make_listener_domain {
    relay_to = true, --> open-relay
    log_oob = true,
  }
end)
