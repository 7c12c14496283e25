kumo.on('init', function() end) --> undefined-global
