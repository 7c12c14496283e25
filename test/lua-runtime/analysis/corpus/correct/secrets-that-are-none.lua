local kumo = require 'kumo'

kumo.on('get_egress_path_config', function()
  return kumo.make_egress_path {
    smtp_auth_plain_username = 'relay',
    smtp_auth_plain_password = '/opt/kumomta/etc/relay.password',
  }
end)
kumo.on('init', function()
  local client = kumo.amqp.build_client 'amqp://guest:guest@localhost:5672/%2f'
  client:close()
  local token = 'token'
  print(({ password = 'field of no function' }).password, token)
end)
