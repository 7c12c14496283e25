local kumo = require 'kumo'

kumo.on('main', function(url)
  local client = kumo.http.build_client { time_out = '5s' } --> ignored-field
  print(client:get(url):send():text())
end)
