import { expect, it, vi } from 'vitest';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import { startWorker } from './worker-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

const DEADLINE_MS = 1000;
const MEMORY_BYTES = 64 * 1024 * 1024;
/** A limit must have ended the script this long after it was reached. */
const GRACE_MS = 2000;
const HEARTBEAT_MS = 100;

/** What filling the allowed memory may take on a busy machine. */
const FILLING_MS = 10_000;

/** Every body runs for ever from line 4 on: the line that the recording has to name. */
const RUNAWAYS = {
  'an endless loop': { body: 'while true do end', limit: 'deadline' },
  'a loop that catches every error': {
    body: 'while true do pcall(function() local n = 0 while true do n = n + 1 end end) end',
    limit: 'deadline',
  },
  'an error handler that never returns': {
    body: "xpcall(error, function() while true do end end, 'x')",
    limit: 'deadline',
  },
  'a pattern that takes exponential time': {
    body: "return (('a'):rep(60)):find(('a?'):rep(60) .. ('a'):rep(60))",
    limit: 'deadline',
  },
  'a table that grows for ever': {
    body: 'local t, n = {}, 0 while true do n = n + 1 t[n] = { n } end',
    limit: 'memory',
  },
  'a string that grows for ever': {
    body: "local s = ('x'):rep(1024) local t = {} while true do t[#t + 1] = s .. #t s = s .. s end",
    limit: 'memory',
  },
} as const;

const cases = ENGINES.flatMap((engine) =>
  Object.entries(RUNAWAYS).map(([name, runaway]) => ({ engine, name, ...runaway })),
);

it.each(cases)('$engine ends $name', async ({ engine, body, limit }) => {
  const policy = `local kumo = require 'kumo'
print('loading')
kumo.on('get_queue_config', function(domain)
  ${body}
end)`;
  const { worker, entries } = await startWorker({
    engine,
    files: { 'init.lua': policy },
    limits: {
      // The other limit is out of reach, so that the one of the case has to do it.
      deadlineMs: limit === 'deadline' ? DEADLINE_MS : 30_000,
      memoryBytes: MEMORY_BYTES,
    },
  });
  expect(await worker.load()).toEqual({ ok: true });

  const beats: number[] = [];
  const heart = setInterval(() => beats.push(performance.now()), HEARTBEAT_MS);
  const started = performance.now();
  const reason = await worker.resolve(['example.com']).then(
    () => 'it answered',
    (error: unknown) => error,
  );
  const took = performance.now() - started;
  clearInterval(heart);

  expect(reason).toMatchObject({ name: 'PolicyWorkerEnded', reason: limit });
  expect(entries.at(-1)).toMatchObject({
    kind: 'limit',
    limit,
    during: 'get_queue_config',
    location: { file: 'init.lua', line: 4 },
  });
  expect(took).toBeLessThan((limit === 'deadline' ? DEADLINE_MS : FILLING_MS) + GRACE_MS);
  const gaps = beats.map((beat, i) => beat - (beats[i - 1] ?? started));
  expect(Math.max(...gaps)).toBeLessThan(3 * HEARTBEAT_MS);
});
