local kumo = require 'kumo'

kumo.on('init', function()
  kumo.configure_local_logs { log_dir = '/var/log/kumomta' }
end)
---- tsa_init.lua
local kumo = require 'kumo'

kumo.on('init', function()
  print 'another policy, with an init of its own'
end)
kumo.on('tsa_init', function() end)
