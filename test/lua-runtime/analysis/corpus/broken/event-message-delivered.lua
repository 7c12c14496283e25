local kumo = require 'kumo'

kumo.on('message_delivered', function(msg) end) --> unknown-event
