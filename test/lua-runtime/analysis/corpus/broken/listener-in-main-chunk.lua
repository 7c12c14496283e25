local kumo = require 'kumo'

kumo.start_esmtp_listener { --> init-only
  listen = '127.0.0.1:2025',
}
