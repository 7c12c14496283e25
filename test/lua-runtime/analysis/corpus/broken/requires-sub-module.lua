local http = require 'kumo.http' --> unknown-module

return http
