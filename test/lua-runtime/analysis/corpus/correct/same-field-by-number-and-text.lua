local codes = { [250] = 'ok', ['250'] = 'text', [1] = 'a', 'b' }

return codes
