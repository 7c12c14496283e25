local kumo = require 'kumo'

kumo.on('init', function()
  local level = SETTINGS and SETTINGS.level or 'info'
  if OVERRIDES then
    for name, value in pairs(OVERRIDES) do
      kumo.log_info(level, name, value)
    end
  end
  if not HOOKS then
    return
  end
  print(HOOKS.first)
end)
