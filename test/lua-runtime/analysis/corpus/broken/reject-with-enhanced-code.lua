local kumo = require 'kumo'

kumo.on('smtp_server_rcpt_to', function(rcpt)
  if rcpt.user == 'postmaster' then
    return
  end
  kumo.reject(5501, 'mailbox unavailable') --> reject-code
end)
