local kumo = require 'kumo'

local function signer(selector)
  return kumo.dkim.rsa_sha256_signer {
    domain = 'example.com',
    selector = selector,
    headers = { 'From' },
    key = '/opt/kumomta/etc/dkim/' .. selector .. '.key',
  }
end
kumo.on('smtp_server_message_received', function(msg)
  msg:dkim_sign(signer 'old')
  msg:append_text_plain 'changed'
  msg:dkim_sign(signer 'new')
end)
