local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  local ok, err = pcall(function()
    if not msg:get_meta 'tenant' then
      kumo.reject(550, 'no tenant')
    end
  end)
  if not ok then
    kumo.log_warn('refused', tostring(err))
    error(err, 0)
  end
end)
