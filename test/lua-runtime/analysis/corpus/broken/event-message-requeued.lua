local kumo = require 'kumo'

kumo.on('message_requeued', function(msg) end) --> unknown-event
