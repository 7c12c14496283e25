-- The same work under native Lua, and with the hook that every debugger written for it begins with.
-- usage: lua5.4 native.lua FOLDER WORK ROUNDS none|line; prints the seconds of CPU that it took
local folder, what, rounds, hook = arg[1], arg[2], tonumber(arg[3]), arg[4]
package.path = folder .. '/?.lua'
local work = require('routing')[what]
if hook == 'line' then
  local lines = 0
  debug.sethook(function()
    lines = lines + 1
  end, 'l')
end
local started = os.clock()
work(rounds)
print(os.clock() - started)
