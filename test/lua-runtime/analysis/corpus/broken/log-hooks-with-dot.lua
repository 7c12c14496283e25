local log_hooks = require 'policy-extras.log_hooks'

log_hooks.new_json { name = 'webhook', url = 'http://127.0.0.1:8080' } --> call-form
