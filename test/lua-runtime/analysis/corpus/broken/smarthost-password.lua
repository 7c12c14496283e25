local kumo = require 'kumo'

kumo.on('get_egress_path_config', function(routing_domain)
  return kumo.make_egress_path {
    smtp_auth_plain_username = 'apikey',
    smtp_auth_plain_password = { key_data = 'SG.9fK2mQ' }, --> plain-secret
  }
end)
