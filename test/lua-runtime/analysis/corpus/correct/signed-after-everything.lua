local kumo = require 'kumo'

local signer = kumo.dkim.rsa_sha256_signer {
  domain = 'example.com',
  selector = 'default',
  headers = { 'From', 'Subject' },
  key = '/opt/kumomta/etc/dkim/example.com.key',
}
kumo.on('smtp_server_message_received', function(msg)
  msg:append_text_plain 'Sent by example.com'
  msg:dkim_sign(signer)
  msg:prepend_header('X-Signed', 'yes')
end)
