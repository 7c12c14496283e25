local kumo = require 'kumo'

kumo.on('get_acl_definition', function(resource)
  return nil
end)
