local kumo = require 'kumo'

local function listen(port)
  kumo.start_esmtp_listener { listen = '127.0.0.1:' .. port }
end
kumo.on('init', function()
  for _, port in ipairs { 25, 587 } do
    listen(port)
  end
end)
