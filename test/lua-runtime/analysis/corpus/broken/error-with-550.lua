local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.sms' } },
  }
end)
kumo.on('make.sms', function()
  local sms = {}
  function sms:send(message)
    if #message:get_data() > 160 then
      error '552 too long for an SMS' --> error-as-reject
    end
    return 'sent'
  end
  return sms
end)
