local kumo = require 'kumo'

kumo.on('init', function()
  kumo.define_egress_source { --> unknown-member
    name = 'ip-1',
    source_address = '10.0.0.1',
  }
end)
