-- A handler of ordinary size: pattern matching, tables merged, a tenant's own settings, a decision.
local kumo = require 'kumo'

local DEFAULTS = { max_age = '24 hours', retry_interval = '20 minutes', max_retry_interval = '8 hours' }
local BY_DOMAIN = {
  ['gmail.com'] = { max_message_rate = '100/s' },
  ['yahoo.com'] = { max_message_rate = '10/s', retry_interval = '30 minutes' },
}

local function merge(...)
  local merged = {}
  for _, source in ipairs { ... } do
    for key, value in pairs(source) do
      merged[key] = value
    end
  end
  return merged
end

kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  if domain == 'amqp' or domain:find '%.invalid$' then
    return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.amqp' } } }
  end

  local labels = {}
  for label in domain:gmatch '[^.]+' do
    labels[#labels + 1] = label:lower()
  end
  local registered = table.concat(labels, '.', math.max(1, #labels - 1))

  local params = merge(DEFAULTS, BY_DOMAIN[registered] or {})
  params.egress_pool = 'pool-' .. (tenant or 'default')
  if tenant and tenant:match '^vip' then
    params.max_age = '48 hours'
    params.egress_pool = 'pool-vip'
  end
  for word in (campaign or 'a,b,c'):gmatch '[^,]+' do
    if word == 'urgent' then
      params.retry_interval = '1 minute'
    end
  end
  return kumo.make_queue_config(params)
end)
