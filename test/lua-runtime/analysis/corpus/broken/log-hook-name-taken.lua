local log_hooks = require 'policy-extras.log_hooks'

log_hooks:new_disposition_hook {
  name = 'metrics',
  hook = function(msg, record)
    print(record.type)
  end,
}
log_hooks:new_json { --> duplicate-setup
  name = 'metrics',
  url = 'http://127.0.0.1:9000/',
}
