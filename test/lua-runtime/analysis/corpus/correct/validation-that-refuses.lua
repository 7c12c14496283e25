local kumo = require 'kumo'

kumo.on('validate_config', function()
  if not os.getenv 'AMQP_URL' then
    kumo.validation_failed()
    kumo.reject(500, 'AMQP_URL is not set')
  end
end)
