local sqlite = require 'sqlite'

local db = sqlite:open '/var/lib/kumomta/auth.db' --> call-form
print(db)
