local kumo = require 'kumo'

local signer = kumo.dkim.rsa_sha256_signer {
  domain = 'example.com',
  selector = 'default',
  headers = { 'From', 'To', 'Subject' },
  key = '/opt/kumomta/etc/dkim/example.com.key',
}
kumo.on('smtp_server_message_received', function(msg)
  msg:dkim_sign(signer)
  if msg:get_meta 'footer' then
    msg:append_text_plain(msg:get_meta 'footer') --> changed-after-signing
  end
end)
