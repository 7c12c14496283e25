local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    retry_intervall = '5 minutes', --> unknown-field
  }
end)
