local kumo = require 'kumo'
local routes = require 'routes'

kumo.on('get_queue_config', routes.queue_config)
---- routes.lua
local M = {}

function M.queue_config(domain)
  return kumo.make_queue_config { egress_pool = domain } --> undefined-global
end

return M
