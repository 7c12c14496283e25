local kumo = require 'kumo'

local function stamp(msg, about)
  msg:set_meta('stamp', os.time())
  if about then
    print(about.peer_address or about:get_meta 'received_from')
  end
end
kumo.on('http_message_generated', stamp)
kumo.on('smtp_server_message_received', stamp)
