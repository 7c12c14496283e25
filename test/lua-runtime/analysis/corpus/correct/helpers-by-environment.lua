local sources = require 'policy-extras.sources'

if os.getenv 'STAGING' then
  sources:setup { '/opt/kumomta/etc/staging.toml' }
else
  sources:setup { '/opt/kumomta/etc/sources.toml' }
end
