-- Which tenants publish, and where. Loaded by init.lua with require 'routes'.
local routes = {
  acme = { exchange = 'mail', retry_interval = '2 minutes' },
  globex = { exchange = 'mail', retry_interval = '10 minutes' },
}

-- Mail of this campaign must not wait behind anything else.
routes.urgent_campaigns = { receipts = true, ['password-reset'] = true }

return routes
