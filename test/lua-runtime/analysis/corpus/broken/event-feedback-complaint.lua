local kumo = require 'kumo'

kumo.on('feedback_complaint', function(msg) end) --> unknown-event
