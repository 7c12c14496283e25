local kumo = require 'kumo'

local base = '/var/spool/kumomta/'
kumo.on('init', function()
  kumo.define_spool { name = 'meta', path = base .. 'meta' }
end)
kumo.define_spool { name = 'data', path = base .. 'data' } --> init-only
