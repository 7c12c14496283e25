local kumo = require 'kumo'

kumo.on('main', function(url)
  local client = kumo.http.build_client { timeout = 5 }
  print(client:get(url):timeout('5s'):send():text())
  print(client:get(url):timeout(2.5):send():text())
end)
