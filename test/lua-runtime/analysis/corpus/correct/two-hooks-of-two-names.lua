local log_hooks = require 'policy-extras.log_hooks'

for _, name in ipairs { 'a', 'b', 'c' } do
  log_hooks:new_json { name = name, url = 'http://127.0.0.1/' .. name }
end
log_hooks:new_json { name = 'd', url = 'http://127.0.0.1/d' }
