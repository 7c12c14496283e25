local kumo = require 'kumo'

kumo.on('init', function()
  local client = kumo.amqp.build_client(os.getenv 'AMQP_URL') --> deprecated
  client:close()
end)
