local kumo = require 'kumo'

kumo.on('init', function()
  kumo.dns.configure_resolver { Test = { zones = { '$ORIGIN example.com.\n@ 60 IN A 10.0.0.1' } } }
end)
