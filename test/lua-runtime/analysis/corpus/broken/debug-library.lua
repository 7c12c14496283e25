local kumo = require 'kumo'

print(debug.traceback()) --> undefined-global
