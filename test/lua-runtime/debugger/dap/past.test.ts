/** Transcripts: going back in a run and forth again. */
import type { RunPosition } from '../../../../lua-runtime/debugger/debugger-contract.ts';
import { MAIN, MAILER, main } from './policies.ts';
import { scenario } from './transcripts.ts';
import type { TranscribedClient } from './transcribed-client.ts';

const stopAt = (client: TranscribedClient, filterId: string) =>
  client.ask('setExceptionBreakpoints', { filters: [filterId] });

const publishes = async (client: TranscribedClient): Promise<void> => {
  const { entries } = await client.quietly<{ entries: readonly { readonly kind: string }[] }>(
    'kumo/entries',
    { limit: 5000 },
  );
  const count = entries.filter(({ kind }) => kind === 'publish').length;
  client.note(`published so far: ${count}`);
};

const position = async (client: TranscribedClient): Promise<void> => {
  const { live } = await client.quietly<RunPosition>('kumo/position');
  client.note(live ? 'in the present' : 'in the past');
};

scenario('step-back-from-bounce', {
  files: MAILER,
  async play(client) {
    await client.launch({ fault: 'nack' });
    await stopAt(client, 'reject');
    const { threadId = 1 } = await client.run();
    await client.stack(threadId, { levels: 3 });
    for (let line = 17; line >= 14; line--) {
      await client.move('stepBack', { threadId });
      await client.stack(threadId, { levels: 1 });
    }
    await position(client);
    await client.scope('Locals', 0, threadId);
    await publishes(client);
    client.note('and forth again, until the present is reached');
    for (let steps = 0; steps < 4; steps++) await client.move('next', { threadId });
    await position(client);
    await publishes(client);
    await client.runToEnd('continue');
  },
});

const LOOP = main(`  local total, last = 0, 'none'
  for i = 1, 5 do
    total = total + i
    if i == 3 then
      last = 'three'
    end
  end
  print(total, last)`);

scenario('reverse-continue-to-breakpoint', {
  files: LOOP,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [10]);
    await client.run();
    await client.setBreakpoints('init.lua', [{ line: 5, condition: 'i == 2' }]);
    await client.move('reverseContinue');
    await client.evaluate('i, total', 'watch');
    client.note('nothing earlier: it stops at the start');
    await client.move('reverseContinue');
    await client.stack(1, { levels: 1 });
    await client.setBreakpoints('init.lua', []);
    client.note('forth again: past where it had come to, it is live');
    await client.runToEnd('continue');
  },
});

scenario('step-back-through-a-call', {
  files: main(`  local function double(n)
    local result = n * 2
    return result
  end
  local four = double(2)
  print(four)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [8]);
    await client.run();
    await client.move('stepBack');
    await client.stack(1, { levels: 1 });
    await client.move('stepIn');
    await client.stack(1, { levels: 1 });
    await client.move('stepBack');
    await client.stack(1, { levels: 1 });
  },
});

scenario('last-change-of-a-local', {
  files: LOOP,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [10]);
    await client.run();
    let locals = await client.scopeReference('Locals');
    await client.move('kumo/lastChange', { variablesReference: locals, name: 'last' });
    await client.stack(1, { levels: 1 });
    await client.evaluate('i, last', 'watch');
    locals = await client.scopeReference('Locals');
    await client.move('kumo/lastChange', { variablesReference: locals, name: 'total' });
    await client.stack(1, { levels: 1 });
    await client.evaluate('i, total', 'watch');
  },
});

scenario('last-change-of-a-field', {
  files: main(`  local route = { host = 'a', port = 25 }
  local alias = route
  alias.host = 'b'
  route.port = 587
  print(route.host)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [7]);
    await client.run();
    const { variablesReference } = await client.evaluate('route', 'watch');
    await client.move('kumo/lastChange', { variablesReference, name: 'host' });
    await client.stack(1, { levels: 1 });
  },
});

scenario('seek-back-and-forth', {
  files: LOOP,
  alsoShow: ['kumo/position'],
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [10]);
    await client.run();
    await client.move('kumo/seek', { tick: 6 });
    await client.stack(1, { levels: 1 });
    await client.move('kumo/seek', { tick: 9 });
    await client.stack(1, { levels: 1 });
    await client.move('kumo/seek', { tick: 100000 });
    await client.stack(1, { levels: 1 });
    await client.ask('kumo/seek', { tick: 0 });
  },
});

scenario('the-past-is-looked-at-and-not-changed', {
  files: LOOP,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [10]);
    await client.run();
    await client.move('stepBack');
    await client.evaluate('total', 'watch');
    const variablesReference = await client.scopeReference('Locals');
    await client.ask('setVariable', { variablesReference, name: 'total', value: '1' });
    await client.evaluate('total = 7', 'repl');
  },
});

scenario('a-change-is-part-of-the-recording', {
  files: LOOP,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [{ line: 5, condition: 'i == 2' }, { line: 10 }]);
    await client.run();
    await client.evaluate('total = 100', 'repl');
    await client.move('continue');
    await client.evaluate('total', 'watch');
    await client.move('stepBack');
    client.note('what a person changed happens again in the past');
    await client.evaluate('total', 'watch');
  },
});

scenario('stop-on-end-and-back', {
  files: LOOP,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEnd: true });
    await client.run();
    await client.stack(1, { levels: 1 });
    await client.move('stepBack');
    await client.stack(1, { levels: 1 });
    client.note('forth again to the end, and then there is nothing more');
    await client.move('continue');
    await client.runToEnd('continue');
  },
});

scenario('step-back-at-the-very-first-line', {
  files: LOOP,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    await client.move('stepBack');
    await client.stack(1, { levels: 1 });
  },
});

scenario('marks-on-the-slider', {
  files: MAILER,
  async play(client) {
    await client.launch({ fault: 'nack' });
    await stopAt(client, 'reject');
    await client.run();
    const { marks } = await client.quietly<{
      marks: readonly { readonly entry: { readonly kind: string } }[];
    }>('kumo/marks');
    // A verdict comes when the broker has it.
    const inOrder = marks.filter(({ entry }) => entry.kind !== 'verdict');
    for (const { entry } of inOrder) client.note(entry.kind);
    client.note(`and verdicts: ${marks.length - inOrder.length}`);
  },
});

scenario('nothing-is-published-twice', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await client.setBreakpoints('init.lua', [17]);
    const { threadId = 1 } = await client.run();
    await publishes(client);
    await client.move('reverseContinue', { threadId });
    await client.move('continue', { threadId });
    await publishes(client);
    await client.runToEnd('continue');
  },
});
