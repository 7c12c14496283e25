local kumo = require 'kumo'

if os.getenv 'TEST' then
  kumo.on('init', function() end)
else
  kumo.on('init', function() end)
end
