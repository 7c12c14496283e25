local kumo = require 'kumo'
local a = require 'lib.a'

kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { max_age = a.age(domain) }
end)
---- lib/a.lua
local M = {}

function M.age(domain)
  return require('lib.b').ages[domain] or '1 day'
end

return M
---- lib/b.lua
local a = require 'lib.a'

return { ages = { ['example.com'] = '2 days' }, of = a }
