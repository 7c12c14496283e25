local kumo = require 'kumo'

local kafka = {
  producer = kumo.kafka.build_producer { --> client-in-main-chunk
    ['bootstrap.servers'] = 'kafka-1:9092,kafka-2:9092',
  },
}
kumo.on('http_message_generated', function(msg)
  kafka.producer:send { topic = 'injected', payload = msg:id() }
end)
