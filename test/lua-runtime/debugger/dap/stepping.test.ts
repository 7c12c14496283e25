/** Transcripts: how a script goes on, is paused and is ended. */
import { MAIN, MAILER, main } from './policies.ts';
import type { TranscribedClient } from './transcribed-client.ts';
import { scenario } from './transcripts.ts';

scenario('stop-on-entry', {
  files: MAILER,
  async play(client) {
    await client.launch({ stopOnEntry: true });
    await client.run();
    await client.ask('threads');
    await client.stack();
    await client.move('next');
    await client.stack(1, { levels: 1 });
  },
});

const FACTORIAL = main(`  local function factorial(n)
    if n <= 1 then
      return 1
    end
    local rest = factorial(n - 1)
    return n * rest
  end
  print(factorial(3))`);

scenario('step-over-recursion', {
  files: FACTORIAL,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 7, condition: 'n == 3' }]);
    await client.run();
    await client.setBreakpoints('init.lua', []);
    await client.move('next');
    await client.scope('Locals');
    await client.runToEnd('continue');
  },
});

scenario('step-into-and-out-of-recursion', {
  files: FACTORIAL,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [10]);
    await client.run();
    await client.move('stepIn');
    await client.move('next');
    await client.move('stepIn');
    await client.stack();
    await client.move('stepOut');
    await client.stack();
  },
});

scenario('step-into-module', {
  files: {
    'init.lua': `local kumo = require 'kumo'
kumo.on('main', function()
  local names = require 'names'
  local name = names.upper 'acme'
  print(name)
end)
`,
    'names.lua': `local names = {}
function names.upper(name)
  return name:upper()
end
return names
`,
  },
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [3]);
    await client.run();
    await client.move('stepIn');
    await client.stack(1, { levels: 1 });
    await client.move('stepOut');
    await client.stack(1, { levels: 1 });
    await client.move('next');
    await client.move('stepIn');
    await client.stack(1, { levels: 2 });
  },
});

scenario('step-out-of-pcall', {
  files: main(`  local function risky()
    local step = 1
    error('no more')
  end
  local ok, why = pcall(risky)
  print(ok, why)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [4]);
    await client.run();
    await client.stack();
    await client.move('stepOut');
    await client.stack(1, { levels: 1 });
    await client.runToEnd('continue');
  },
});

scenario('step-over-an-error-that-is-caught', {
  files: main(`  local ok = pcall(function()
    error { code = 7 }
  end)
  print(ok)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [4]);
    await client.run();
    await client.move('next');
    await client.stack(1, { levels: 1 });
  },
});

const GENERATOR = main(`  local function numbers()
    coroutine.yield(1)
    coroutine.yield(2)
  end
  local next_number = coroutine.wrap(numbers)
  local first = next_number()
  local second = next_number()
  print(first, second)`);

scenario('step-over-yield', {
  files: GENERATOR,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [4]);
    const { threadId = 1 } = await client.run();
    client.note('the coroutine goes on at its next line, whoever resumes it');
    await client.move('next', { threadId });
    await client.ask('threads');
    await client.stack(threadId);
  },
});

scenario('step-into-coroutine', {
  files: GENERATOR,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [8]);
    await client.run();
    const { threadId = 1 } = await client.move('stepIn');
    await client.stack(threadId);
    await client.move('stepOut', { threadId });
    await client.stack();
  },
});

scenario('run-to-line', {
  files: FACTORIAL,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    await client.move('kumo/runTo', { source: client.source('init.lua'), line: 8 });
    await client.scope('Locals');
    await client.ask('kumo/runTo', { source: { path: '/elsewhere.lua' }, line: 8 });
  },
});

scenario('jump-to-cursor-is-refused', {
  files: FACTORIAL,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    await client.ask('gotoTargets', { source: client.source('init.lua'), line: 8 });
    await client.ask('goto', { threadId: 1, targetId: 1 });
  },
});

const ENDLESS = main(`  local going = true
  print('begins')
  while going do
    local one = 1
  end`);

/** Runs until the script has begun: a script that has not cannot be paused. */
async function begin(client: TranscribedClient): Promise<void> {
  const begun = client.event('output');
  await client.ask('configurationDone');
  await begun;
}

scenario('pause-a-loop', {
  files: ENDLESS,
  async play(client) {
    await client.launch(MAIN);
    await begin(client);
    await client.ask('threads');
    await client.move('pause');
    client.note('where it was paused is chance; what it loops for is changed');
    await client.evaluate('going = false', 'repl');
    await client.runToEnd('continue');
  },
});

scenario('terminate-a-loop', {
  files: ENDLESS,
  async play(client) {
    await client.launch(MAIN);
    await begin(client);
    const end = client.event('terminated');
    await client.ask('terminate');
    await end;
    await client.ask('threads');
    await client.ask('continue', { threadId: 1 });
  },
});

const PATTERN = main(`  local text, pattern = ('a'):rep(5000), ('.-'):rep(12) .. 'b'
  print('begins') return text:find(pattern)`);

scenario('pause-a-pattern', {
  files: PATTERN,
  async play(client) {
    await client.launch(MAIN);
    await begin(client);
    await client.ask('pause', { threadId: 1 });
    await client.ask('terminate');
  },
});

scenario('terminate-a-pattern', {
  files: PATTERN,
  async play(client) {
    await client.launch(MAIN);
    await begin(client);
    const end = client.event('terminated');
    await client.ask('terminate');
    await end;
  },
});

scenario('requests-while-it-runs', {
  files: ENDLESS,
  async play(client) {
    await client.launch(MAIN);
    await begin(client);
    await client.ask('stackTrace', { threadId: 1 });
    await client.ask('scopes', { frameId: 1 });
    await client.ask('variables', { variablesReference: 1 });
    await client.ask('evaluate', { expression: 'going', context: 'watch' });
    await client.ask('next', { threadId: 1 });
    await client.ask('stepBack', { threadId: 1 });
    await client.ask('kumo/seek', { tick: 1 });
    await client.ask('configurationDone');
    await client.ask('terminate');
  },
});

scenario('steps-of-a-delivery-lead-through-its-handlers', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await client.setBreakpoints('init.lua', [4, 10, 14]);
    await client.run();
    await client.stack();
    await client.move('continue', { threadId: 1 });
    await client.stack();
    await client.move('continue', { threadId: 1 });
    await client.stack();
    await client.setBreakpoints('init.lua', []);
    await client.runToEnd('continue');
  },
});
