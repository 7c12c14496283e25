local shaping = require 'policy-extras.shapping' --> unknown-module

return shaping
