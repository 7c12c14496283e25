local kumo = require 'kumo'
local sources = require 'policy-extras.sources'

kumo.on('main', function()
  sources:setup { '/tmp/sources.toml' }
  print(kumo.invoke_get_egress_pool 'bulk')
end)
