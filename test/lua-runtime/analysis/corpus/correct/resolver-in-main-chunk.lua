local kumo = require 'kumo'

kumo.dns.define_resolver('internal', { Unbound = { name_servers = { '10.0.0.53:53' } } })
kumo.on('smtp_server_rcpt_to', function(rcpt)
  print(kumo.dns.lookup_mx(rcpt.domain, 'internal').site_name)
end)
