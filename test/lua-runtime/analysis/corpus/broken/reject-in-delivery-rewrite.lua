local kumo = require 'kumo'

kumo.on('smtp_client_rewrite_delivery_status', function(response, domain)
  if response:match '^421' and domain == 'example.com' then
    kumo.disconnect(500, 'never mind') --> reject-without-effect
  end
end)
