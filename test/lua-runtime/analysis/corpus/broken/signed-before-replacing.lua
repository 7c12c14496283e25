local kumo = require 'kumo'

kumo.on('http_message_generated', function(message)
  local signer = kumo.dkim.ed25519_signer {
    domain = message:from_header().domain,
    selector = 's1',
    headers = { 'From' },
    key = { key_data = os.getenv 'DKIM_KEY' },
  }
  message:dkim_sign(signer)
  local text = message:get_data()
  message:set_data((text:gsub('{{id}}', message:id()))) --> changed-after-signing
end)
