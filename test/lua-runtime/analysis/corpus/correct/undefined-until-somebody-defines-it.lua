local kumo = require 'kumo'

local verbose = VERBOSE or false
kumo.on('init', function()
  if verbose and _KUMO_CURRENT_EVENT == 'init' then
    print(rawget(_G, 'SETTINGS'))
  end
end)
