/** Transcripts: threads and frames. */
import { MAIN, main } from './policies.ts';
import { scenario } from './transcripts.ts';

scenario('coroutine-as-thread', {
  files: main(`  local function work(name)
    local got = coroutine.yield(name)
    return got
  end
  local first = coroutine.create(work)
  local second = coroutine.create(work)
  coroutine.resume(first, 'one')
  coroutine.resume(second, 'two')
  coroutine.resume(first, 'done')
  print(coroutine.status(first), coroutine.status(second))`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    const { threadId = 1 } = await client.run();
    await client.ask('threads');
    await client.stack(threadId);
    client.note('the other one is suspended where it yielded');
    await client.stack(threadId + 1);
    client.note('the main thread waits for the one that stopped');
    await client.stack(1);
  },
});

scenario('tail-call-marked', {
  files: main(`  local function last(n)
    local m = n
    return m
  end
  local function first(n)
    return last(n + 1)
  end
  print((first(1)))`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    await client.stack();
  },
});

scenario('c-frame-named', {
  files: main(`  local list = { 3, 1, 2 }
  table.sort(list, function(a, b)
    return a < b
  end)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    await client.stack();
  },
});

const DEEP = main(`  local function down(n)
    if n == 0 then
      return 0
    end
    return 1 + down(n - 1)
  end
  print(down(1500))`);

scenario('deep-stack-is-paged', {
  files: DEEP,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    await client.stack(1, { startFrame: 0, levels: 2 });
    await client.stack(1, { startFrame: 1499, levels: 20 });
    const all = await client.quietly<{ stackFrames: unknown[]; totalFrames: number }>(
      'stackTrace',
      { threadId: 1 },
    );
    client.note(`all at once: ${all.stackFrames.length} of ${all.totalFrames}`);
    await client.stack(1, { startFrame: 5000, levels: 20 });
  },
});

scenario('stack-with-places-in-its-names', {
  files: main(`  local function send(to, size)
    local half = size / 2
    return half
  end
  print(send('acme', 7))`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    await client.stack(1, { levels: 2, format: { module: true, line: true } });
  },
});

scenario('stack-of-a-thread-that-is-none', {
  files: DEEP,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    await client.ask('stackTrace', { threadId: 99 });
    await client.ask('scopes', { frameId: 99 });
    await client.ask('variables', { variablesReference: 99 });
    await client.ask('next', { threadId: 99 });
  },
});
