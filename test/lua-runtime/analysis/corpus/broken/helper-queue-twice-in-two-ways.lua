local queue_module = require 'policy-extras.queue'

local first = queue_module:setup { '/opt/kumomta/etc/queue.toml' }
local second = queue_module:setup_with_options { --> duplicate-setup
  file_names = { '/opt/kumomta/etc/tenants.toml' },
  skip_queue_config_hook = true,
}
print(first, second)
