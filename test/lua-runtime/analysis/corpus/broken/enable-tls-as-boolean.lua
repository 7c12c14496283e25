local kumo = require 'kumo'

kumo.on('get_egress_path_config', function()
  return kumo.make_egress_path {
    enable_tls = true, --> wrong-type
  }
end)
