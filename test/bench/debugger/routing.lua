-- What a routing policy does for a message, without anything of KumoMTA's, so that it runs the same
-- under native Lua: a name is taken apart, tables are merged, a sender object keeps counts.
local DEFAULTS = { max_age = '24 hours', retry_interval = '20 minutes', max_retry_interval = '8 hours' }
local BY_DOMAIN = {
  ['gmail.com'] = { max_message_rate = '100/s' },
  ['yahoo.com'] = { max_message_rate = '10/s', retry_interval = '30 minutes' },
}
local DOMAINS = { 'gmail.com', 'mail.yahoo.com', 'foo.example', 'amqp', 'news.example.org', 'yahoo.com' }

local function merge(...)
  local merged = {}
  for _, source in ipairs { ... } do
    for key, value in pairs(source) do
      merged[key] = value
    end
  end
  return merged
end

local function registered_domain(domain)
  local labels = {}
  for label in domain:gmatch '[^.]+' do
    labels[#labels + 1] = label:lower()
  end
  return table.concat(labels, '.', math.max(1, #labels - 1))
end

local function config_of(domain, tenant, campaign)
  local params = merge(DEFAULTS, BY_DOMAIN[registered_domain(domain)] or {})
  params.egress_pool = 'pool-' .. (tenant or 'default')
  if tenant and tenant:match '^vip' then
    params.max_age = '48 hours'
  end
  for word in (campaign or 'a,b,c'):gmatch '[^,]+' do
    if word == 'urgent' then
      params.retry_interval = '1 minute'
    end
  end
  return params
end

local Sender = {}
Sender.__index = Sender

function Sender:send(params)
  local pool = params.egress_pool
  local count = (self.counts[pool] or 0) + 1
  self.counts[pool] = count
  if count % 100 == 0 then
    self.log[#self.log + 1] = string.format('%s %d', pool, count)
  end
  return count
end

local M = {}

--- Routes as many messages.
function M.route(messages)
  local sender = setmetatable({ counts = {}, log = {} }, Sender)
  local total = 0
  for i = 1, messages do
    local tenant = i % 3 == 0 and 'vip' .. i % 7 or 't' .. i % 5
    total = total + sender:send(config_of(DOMAINS[i % #DOMAINS + 1], tenant, 'x,y,z'))
  end
  return total
end

--- Lines as short as they come, where a hook weighs most: a checksum over numbers.
function M.count(rounds)
  local sum = 0
  for i = 1, rounds do
    sum = (sum * 31 + i) % 1000003
  end
  return sum
end

return M
