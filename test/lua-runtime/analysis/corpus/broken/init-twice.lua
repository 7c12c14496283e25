local kumo = require 'kumo'

kumo.on('init', function() end)
kumo.on('init', function() end) --> duplicate-event
