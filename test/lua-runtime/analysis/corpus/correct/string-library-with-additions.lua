local kumo = require 'kumo'

function string.split(text, separator)
  local parts = {}
  for part in text:gmatch('[^' .. separator .. ']+') do
    parts[#parts + 1] = part
  end
  return parts
end
kumo.on('smtp_server_message_received', function(msg)
  local name = 'a-b'
  print(string.split(msg:id(), '-')[1], name:split('-')[2])
end)
