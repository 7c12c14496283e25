local kumo = require 'kumo'

local handlers = {
  init = function()
    print 'init'
  end,
  smtp_server_ehlo = function(domain)
    print(domain)
  end,
}
for event, handler in pairs(handlers) do
  kumo.on(event, handler)
end
