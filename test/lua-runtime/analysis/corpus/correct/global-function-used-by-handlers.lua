local kumo = require 'kumo'

function normalise(domain)
  return domain:lower():gsub('%.$', '')
end
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { provider_name = (normalise(domain)) }
end)
