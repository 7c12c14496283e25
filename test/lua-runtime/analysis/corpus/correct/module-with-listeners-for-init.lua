local kumo = require 'kumo'

kumo.on('init', function()
  require 'listeners'
end)
---- listeners.lua
local kumo = require 'kumo'

kumo.start_esmtp_listener { listen = '127.0.0.1:25' }
kumo.start_http_listener { listen = '127.0.0.1:8000' }
