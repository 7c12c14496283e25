local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    retry_interval = '500ms', --> retry-settings
  }
end)
