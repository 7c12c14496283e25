local kumo = require 'kumo'

kumo.on('init', function()
  kumo.start_esmtp_listener { listen = '0.0.0.0:587', relay_hosts = { '0.0.0.0/0', '::/0' } }
end)
kumo.on('smtp_server_mail_from', function(sender, conn_meta)
  if not conn_meta:get_meta 'authn_id' then
    kumo.reject(530, '5.7.0 Authentication required')
  end
end)
