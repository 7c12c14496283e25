local kumo = require 'kumo'

kumo.on('init', function()
  kumo.start_esmtp_listener { listen = '0.0.0.0:25', relay_hosts = { '0.0.0.0/0' } }
end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { maildir_path = '/var/tmp/{{ domain }}' } }
end)
