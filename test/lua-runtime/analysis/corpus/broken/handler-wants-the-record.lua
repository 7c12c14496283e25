local kumo = require 'kumo'

kumo.on('http_message_generated', function(msg, auth, params) --> surplus-parameter
  if params.vip then
    msg:set_meta('queue', 'vip')
  end
end)
