local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.kafka' } },
  }
end)
kumo.on('make.kafka', function()
  local producer = kumo.kafka.build_producer { ['bootstrap.servers'] = 'kafka:9092' }
  local connection = {}
  function connection:send(message)
    pcall(function() --> failure-as-success
      producer:send { topic = 'mail', payload = message:get_data() }
    end)
    return 'sent to kafka'
  end
  function connection:close()
    producer:close()
  end
  return connection
end)
