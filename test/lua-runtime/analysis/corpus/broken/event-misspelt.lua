local kumo = require 'kumo'

kumo.on('get_queue_confg', function() end) --> unknown-event
