local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  if msg:get_meta 'sign' then
    msg:dkim_sign(kumo.dkim.ed25519_signer {
      domain = 'example.com',
      selector = 's',
      headers = { 'From' },
      key = '/opt/kumomta/etc/dkim/ed.key',
    })
  else
    msg:append_text_html '<hr>'
  end
end)
