/** Transcripts: errors, rejects and what happens at the broker. */
import type { RunPosition } from '../../../../lua-runtime/debugger/debugger-contract.ts';
import { HASTY, MAIN, MAILER, main } from './policies.ts';
import { scenario } from './transcripts.ts';
import type { TranscribedClient } from './transcribed-client.ts';

const stopAt = (client: TranscribedClient, filterId: string, condition?: string) =>
  client.ask('setExceptionBreakpoints', {
    filters: [],
    filterOptions: [{ filterId, ...(condition === undefined ? {} : { condition }) }],
  });

const CAUGHT = main(`  local function risky(n)
    if n > 1 then
      error('too many')
    end
    return n
  end
  print(pcall(risky, 1))
  print(pcall(risky, 2))`);

scenario('thrown-in-pcall', {
  files: CAUGHT,
  async play(client) {
    await client.launch(MAIN);
    await stopAt(client, 'thrown');
    await client.run();
    await client.stack();
    await client.scope('Locals', 1);
    await client.ask('exceptionInfo', { threadId: 1 });
    await client.runToEnd('continue');
  },
});

scenario('caught-error-is-not-uncaught', {
  files: CAUGHT,
  async play(client) {
    await client.launch(MAIN);
    await stopAt(client, 'uncaught');
    await client.runToEnd();
  },
});

scenario('uncaught-error', {
  files: main(`  local route
  local function find()
    return route.host
  end
  print(find())`),
  async play(client) {
    await client.launch(MAIN);
    await stopAt(client, 'uncaught');
    await client.run();
    await client.stack();
    await client.ask('exceptionInfo', { threadId: 1 });
    await client.runToEnd('continue');
  },
});

scenario('uncaught-through-coroutine-wrap', {
  files: main(`  local inner = coroutine.wrap(function()
    local depth = 'inside'
    error('from a coroutine')
  end)
  inner()`),
  async play(client) {
    await client.launch(MAIN);
    await stopAt(client, 'uncaught');
    const { threadId = 1 } = await client.run();
    await client.ask('threads');
    await client.stack(threadId);
    await client.ask('exceptionInfo', { threadId });
    await client.runToEnd('continue');
  },
});

scenario('error-with-a-table', {
  files: main(`  error { code = 451, text = 'later' }`),
  async play(client) {
    await client.launch(MAIN);
    await stopAt(client, 'uncaught');
    await client.run();
    await client.ask('exceptionInfo', { threadId: 1 });
  },
});

scenario('error-while-loading', {
  files: { 'init.lua': `local kumo = require 'kumo'\nlocal limits = nil\nprint(limits.rate)\n` },
  async play(client) {
    await client.launch({});
    await stopAt(client, 'uncaught');
    await client.run();
    await client.stack();
    await client.runToEnd('continue');
  },
});

scenario('syntax-error-ends-the-run', {
  files: { 'init.lua': `local kumo = require 'kumo'\nif then\n` },
  async play(client) {
    await client.launch({});
    await client.setBreakpoints('init.lua', [2]);
    await client.runToEnd();
  },
});

scenario('exception-info-without-an-exception', {
  files: CAUGHT,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    await client.ask('exceptionInfo', { threadId: 1 });
  },
});

const REJECTING = main(`  local kumo = require 'kumo'
  local ok = pcall(kumo.reject, 421, 'not now')
  print(ok)
  kumo.reject(550, 'never')`);

scenario('reject-in-pcall', {
  files: REJECTING,
  async play(client) {
    await client.launch(MAIN);
    await stopAt(client, 'reject');
    await client.run();
    await client.stack();
    await client.ask('exceptionInfo', { threadId: 1 });
    await client.move('continue');
    await client.stack();
    await client.runToEnd('continue');
  },
});

scenario('reject-by-its-code', {
  files: REJECTING,
  async play(client) {
    await client.launch(MAIN);
    await stopAt(client, 'reject', '500, 550');
    await client.run();
    await client.stack(1, { levels: 2 });
    await client.runToEnd('continue');
  },
});

scenario('handler-breakpoint', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await stopAt(client, 'handler');
    await client.run();
    await client.stack();
    await client.move('continue');
    await client.stack();
    await client.move('continue', { threadId: 1 });
    await client.stack();
  },
});

scenario('handler-breakpoint-by-name', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await stopAt(client, 'handler', 'send');
    await client.run();
    await client.stack();
    await client.scope('Locals');
    await client.runToEnd('continue');
  },
});

scenario('host-call-breakpoint', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await stopAt(client, 'host-call', 'amqp.publish');
    await client.run();
    await client.stack();
    await client.runToEnd('continue');
  },
});

scenario('nack-breakpoint', {
  files: MAILER,
  async play(client) {
    await client.launch({ fault: 'nack' });
    await stopAt(client, 'nack');
    await client.run();
    await client.stack();
    await client.ask('exceptionInfo', { threadId: 1 });
    await client.runToEnd('continue');
  },
});

scenario('silent-loss-goes-to-publish-line', {
  files: HASTY,
  async play(client) {
    await client.launch({});
    await stopAt(client, 'silent-loss');
    const { threadId = 1 } = await client.run();
    const { live } = await client.quietly<RunPosition>('kumo/position');
    client.note(`shown from the recording: ${!live}`);
    await client.stack(threadId);
    await client.ask('exceptionInfo', { threadId });
    await client.runToEnd('continue');
  },
});

scenario('unknown-exception-filter', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await client.ask('setExceptionBreakpoints', { filters: ['everything'] });
  },
});
