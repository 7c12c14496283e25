/** Policies that several scenarios run. */

/** `main` is what `kumod --script` fires: Lua without a message around it. */
export function main(body: string): { readonly 'init.lua': string } {
  return {
    'init.lua': `local kumo = require 'kumo'\nkumo.on('main', function(...)\n${body}\nend)\n`,
  };
}

export const MAIN = { queue: undefined, event: 'main' } as const;

/** Publishes to the queue `mail` and rejects what the broker refuses. Line 14 builds the payload. */
export const MAILER = {
  'init.lua': `local kumo = require 'kumo'

kumo.on('get_queue_config', function(domain, tenant, campaign)
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.mailer' } },
  }
end)

kumo.on('make.mailer', function(domain)
  local client = kumo.amqp.build_client 'amqp://localhost'
  local sender = {}

  function sender:send(message)
    local payload = domain .. ': ' .. message:get_data()
    local confirm = client:publish { routing_key = 'mail', payload = payload }
    local result = confirm:wait()
    if result.status ~= 'Ack' then
      kumo.reject(500, 'the broker said ' .. result.status)
    end
    return '250 ok'
  end

  function sender:close()
    client:close()
  end

  return sender
end)
`,
  'definitions.json': JSON.stringify({
    queues: [{ name: 'mail', vhost: '/', durable: true, auto_delete: false, arguments: {} }],
    exchanges: [],
    bindings: [],
  }),
} as const;

/** Publishes without waiting for what the broker says. Line 12 publishes. */
export const HASTY = {
  'init.lua': `local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.hasty' } },
  }
end)

kumo.on('make.hasty', function()
  local sender = {}
  function sender:send(message)
    kumo.amqp.basic_publish {
      routing_key = 'nowhere',
      payload = message:get_data(),
      connection = { host = 'localhost' },
    }
    return '250 ok'
  end
  return sender
end)
`,
} as const;
