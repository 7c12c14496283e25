local kumo = require 'kumo'
require 'listeners'

kumo.on('init', function() --> duplicate-event
  kumo.define_spool { name = 'data', path = '/var/spool/kumomta/data' }
end)
---- listeners.lua
local kumo = require 'kumo'

kumo.on('init', function()
  kumo.start_http_listener { listen = '127.0.0.1:8000' }
end)
