local kumo = require 'kumo'

kumo.on('smtp_server_ehlo', function(domain)
  local length = ('x'):rep(3):len() + #domain:upper()
  print(length, ('%d'):format(length))
end)
