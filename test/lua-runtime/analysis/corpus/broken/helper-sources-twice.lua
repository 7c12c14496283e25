local sources = require 'policy-extras.sources'

sources:setup { '/opt/kumomta/etc/sources.toml' }
sources:setup { '/opt/kumomta/etc/more-sources.toml' } --> duplicate-setup
