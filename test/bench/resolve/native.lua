-- The same policy under native Lua. `kumo` here only keeps handlers and passes tables through, so
-- the figure is the bare cost of the handler: what the workbench adds is all on its side.
-- usage: lua5.4 native.lua POLICY COUNT; prints the seconds of CPU that COUNT calls took
local policy, count = arg[1], tonumber(arg[2])
local handlers = {}
package.loaded.kumo = {
  on = function(event, handler)
    handlers[event] = handler
  end,
  make_queue_config = function(params)
    return params
  end,
}
dofile(policy)

local domains = { 'gmail.com', 'mail.yahoo.com', 'foo.invalid', 'amqp', 'news.example.org', 'yahoo.com' }
local handler = handlers.get_queue_config
local started = os.clock()
for i = 0, count - 1 do
  local tenant = i % 3 == 0 and 'vip' .. i % 7 or 't' .. i % 5
  assert(handler(domains[i % 6 + 1], tenant, 'x,y,z', nil))
end
print(os.clock() - started)
