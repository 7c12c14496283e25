local kumo = require 'kumo'
local queue_module = require 'policy-extras.queue'

queue_module:setup_with_options {
  file_names = { '/opt/kumomta/etc/queue.toml' },
  skip_queue_config_hook = false,
}

kumo.on('get_queue_config', function(domain) --> helper-order
  if domain == 'maildir.example.com' then
    return kumo.make_queue_config {
      protocol = { maildir_path = '/var/tmp/kumo-maildir' },
    }
  end
end)
