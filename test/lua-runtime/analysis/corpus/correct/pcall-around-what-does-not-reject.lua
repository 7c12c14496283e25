local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  local ok, err = pcall(function()
    msg:set_meta('size', #msg:get_data())
  end)
  if not ok then
    error('size: ' .. tostring(err))
  end
end)
