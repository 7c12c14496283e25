local kumo = require 'kumo'
local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new {
  name = 'elastic',
  constructor = function()
    return 'https://elastic.example.com:9200' --> wrong-return
  end,
}
