local kumo = require 'kumo'

kumo.on('smtp_server_message_begin', function(msg) end) --> unknown-event
