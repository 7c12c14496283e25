local kumo = require 'kumo'

local function secret(name)
  return assert(os.getenv(name), name .. ' is not set')
end
kumo.on('get_egress_path_config', function()
  return kumo.make_egress_path {
    smtp_auth_plain_username = 'relay',
    smtp_auth_plain_password = {
      vault_mount = 'secret',
      vault_path = 'smtp/relay',
    },
  }
end)
kumo.on('http_message_generated', function(msg)
  kumo.amqp.basic_publish {
    routing_key = 'q',
    payload = msg:id(),
    connection = { host = 'rabbit', username = 'kumo', password = secret 'RABBIT_PASSWORD' },
  }
end)
