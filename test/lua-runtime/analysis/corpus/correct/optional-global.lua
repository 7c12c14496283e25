local kumo = require 'kumo'

if type(SETTINGS) == 'table' then
  print(SETTINGS ~= nil)
end
if _VALIDATING_CONFIG then
  print 'validating'
end
