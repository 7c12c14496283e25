local kumo = require 'kumo'

kumo.on('http_request', function() end) --> unknown-event
