local kumo = require 'kumo'

kumo.on('init', function()
  kumo.amqp.connect 'amqp://localhost' --> unknown-member
end)
