local kumo = require 'kumo'

kumo.on('init', function()
  kumo.timer(5, function() end) --> unknown-member
end)
