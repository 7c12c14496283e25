local kumo = require 'kumo'

kumo.on('smtp_server_mail_from', function(sender)
  local ok = pcall(function()
    if sender.domain == 'bad.example' then
      kumo.reject(550, '5.7.1 not you') --> reject-in-pcall
    end
  end)
  print(ok)
end)
