local kumo = require 'kumo'

kumo.on('main', function(...)
  local args = { ... }
  print(unpack(args)) --> undefined-global
end)
