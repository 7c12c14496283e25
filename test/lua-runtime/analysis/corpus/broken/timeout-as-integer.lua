local kumo = require 'kumo'

kumo.on('main', function(url)
  local client = kumo.http.build_client {}
  print(client:get(url):timeout(5):send():text()) --> wrong-type
end)
