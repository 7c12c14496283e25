local kumo = require 'kumo'

kumo.on('main', function(...)
  local args = table.pack(...)
  print(utf8.len(args[1] or ''), math.tointeger(3.0), string.pack('>I4', 7), table.unpack(args))
  print(os.tmpname(), io.stderr, package.loadlib, coroutine.running())
  warn '@on'
end)
