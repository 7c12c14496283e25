local kumo = require 'kumo'

kumo.on('smtp_server_message_received', function(msg)
  local ok, err = pcall(function()
    if not msg:get_meta 'tenant' then
      kumo.reject(550, 'no tenant')
    end
    kumo.log_info 'checked'
  end)
  if not ok then
    error('checking failed: ' .. err) --> rethrow-as-text
  end
  error(err)
end)
