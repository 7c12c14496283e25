local kumo = require 'kumo'

kumo.on('smtp_server_ehlo', function(domain)
  local name = domain:lower():trim() --> unknown-member
  print(name)
end)
