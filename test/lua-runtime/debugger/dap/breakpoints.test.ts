/** Transcripts: where a run stops because somebody said so. */
import { MAIN, MAILER, main } from './policies.ts';
import { scenario } from './transcripts.ts';

const COUNTING = main(`  local sum = 0
  -- adds up

  for i = 1, 6 do
    sum = sum + i
  end
  print(sum)`);

scenario('line-breakpoint-moves-to-next-code', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [4]);
    await client.run();
    await client.stack();
    client.note('a loop comes back to its line in every round');
    await client.move('continue');
    await client.setBreakpoints('init.lua', []);
    await client.runToEnd('continue');
  },
});

scenario('line-breakpoint-after-the-last-line', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [100]);
    await client.runToEnd();
  },
});

scenario('breakpoint-in-a-file-that-is-not-there', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('missing.lua', [1]);
    await client.ask('setBreakpoints', {
      source: { path: '/elsewhere/init.lua' },
      breakpoints: [{ line: 1 }],
    });
  },
});

scenario('condition-stops-only-when-true', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 7, condition: 'i == 4 and sum > 5' }]);
    await client.run();
    await client.evaluate('i, sum', 'watch');
    await client.runToEnd('continue');
  },
});

scenario('condition-error-stops', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 7, condition: 'missing.field > 1' }]);
    await client.run();
  },
});

scenario('condition-that-is-no-expression-is-refused', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 7, condition: 'i ==' }]);
  },
});

scenario('hit-count-modulo', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 7, hitCondition: '% 3' }]);
    await client.run();
    await client.evaluate('i', 'watch');
    await client.move('continue');
    await client.evaluate('i', 'watch');
    await client.runToEnd('continue');
  },
});

scenario('hit-count-from-the-fifth-on', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 7, hitCondition: '>= 5' }]);
    await client.run();
    await client.evaluate('i', 'watch');
    await client.move('continue');
    await client.runToEnd('continue');
  },
});

scenario('hit-count-that-is-none-is-refused', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 7, hitCondition: 'often' }]);
  },
});

scenario('log-point-prints', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [
      { line: 7, logMessage: 'adds {i} to {sum}, {no expression}' },
    ]);
    await client.runToEnd();
  },
});

scenario('log-point-with-condition-and-a-wrong-expression', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [
      { line: 7, condition: 'i > 5', logMessage: 'now {i} and {nothing.at.all}' },
    ]);
    await client.runToEnd();
  },
});

scenario('function-breakpoint-on-a-method', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'sender:send' }] });
    await client.run();
    await client.stack();
    await client.runToEnd('continue');
  },
});

scenario('function-breakpoint-by-name-with-condition', {
  files: main(`  local function half(n)
    return n // 2
  end
  print(half(9), half(4), half(7))`),
  async play(client) {
    await client.launch(MAIN);
    await client.ask('setFunctionBreakpoints', {
      breakpoints: [{ name: 'half', condition: 'n < 5' }],
    });
    await client.run();
    await client.scope('Locals');
    await client.runToEnd('continue');
  },
});

const WITH_MODULE = {
  'init.lua': `local kumo = require 'kumo'
local routes = require 'lib.routes'
kumo.on('main', function(name)
  local route = routes.find(name)
  print(route.host)
end)
`,
  'lib/routes.lua': `local routes = {}
local known = { acme = { host = 'mx.acme.example' } }

function routes.find(name)
  local found = known[name]
  return found or { host = 'default.example' }
end

return routes
`,
} as const;

scenario('breakpoint-in-a-module', {
  files: WITH_MODULE,
  async play(client) {
    await client.launch({ ...MAIN, args: ['acme'] });
    await client.setBreakpoints('lib/routes.lua', [6]);
    await client.run();
    await client.stack();
    await client.runToEnd('continue');
  },
});

scenario('function-breakpoint-in-a-module', {
  files: WITH_MODULE,
  async play(client) {
    await client.launch({ ...MAIN, args: ['acme'] });
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'routes.find' }] });
    await client.run();
    await client.stack();
  },
});

scenario('breakpoint-set-and-removed-while-it-stands-still', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [3]);
    await client.run();
    await client.setBreakpoints('init.lua', [7]);
    await client.move('continue');
    await client.stack(1, { levels: 1 });
    await client.setBreakpoints('init.lua', []);
    await client.runToEnd('continue');
  },
});

scenario('breakpoint-set-while-it-runs', {
  files: main(`  local rounds = 0
  while rounds >= 0 do
    rounds = rounds + 1
  end`),
  async play(client) {
    await client.launch(MAIN);
    await client.ask('configurationDone');
    const stop = client.stop();
    await client.setBreakpoints('init.lua', [5]);
    await stop;
    await client.stack(1, { levels: 1 });
    await client.ask('terminate');
  },
});

scenario('breakpoint-locations-of-a-file', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.ask('breakpointLocations', {
      source: client.source('init.lua'),
      line: 2,
      endLine: 9,
    });
    await client.ask('breakpointLocations', { source: client.source('init.lua'), line: 4 });
    await client.ask('breakpointLocations', { source: client.source('none.lua'), line: 4 });
  },
});

scenario('breakpoint-in-a-file-with-unsaved-changes', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [3], { sourceModified: true });
  },
});

scenario('breakpoints-set-before-the-launch', {
  files: COUNTING,
  async play(client) {
    await client.quietly('initialize', { adapterID: 'kumo' });
    await client.setBreakpoints('init.lua', [4]);
    await client.ask('launch', { program: client.path('init.lua'), event: 'main' });
  },
});

scenario('without-debugging-nothing-stops', {
  files: COUNTING,
  async play(client) {
    await client.launch({ ...MAIN, noDebug: true, stopOnEntry: true });
    await client.setBreakpoints('init.lua', [7]);
    await client.runToEnd();
  },
});

scenario('two-breakpoints-on-one-line', {
  files: COUNTING,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [
      { line: 7, condition: 'i == 2' },
      { line: 7, condition: 'sum == 1' },
    ]);
    await client.run();
    await client.runToEnd('continue');
  },
});
