local kumo = require 'kumo'
local routing = require 'routing'

kumo.on('work', function(what, rounds)
  local total = routing[what](rounds)
  return total
end)
