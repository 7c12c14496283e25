local kumo = require 'kumo'

kumo.on('smtp_client_rewrite_delivery_status', function(response, domain)
  if response:find '5.2.2' then
    return 452
  end
end)
