local kumo = require 'kumo'
local sources = require 'policy-extras.sources'

kumo.on('init', function()
  print(require 'policy-extras.sources' == sources)
end)
