local kumo = require 'kumo'

kumo.on('smtp_server_message_receive', function(msg) end) --> unknown-event
