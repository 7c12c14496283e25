local kumo = require 'kumo'

kumo.on('vault.key', function(domain, selector)
  return os.getenv('DKIM_' .. selector:upper()) or error('no key for ' .. domain)
end)
kumo.on('smtp_server_message_received', function(msg)
  msg:dkim_sign(kumo.dkim.rsa_sha256_signer {
    domain = 'example.com',
    selector = 's1',
    headers = { 'From' },
    key = { event_name = 'vault.key', event_args = { 'example.com', 's1' } },
  })
end)
