import { describe, expect, it } from 'vitest';
import type {
  LogPointReading,
  ReadingRequest,
} from '../../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../../lua-runtime/recording/entries.ts';
import { ENGINES, runPolicy, sendPolicy } from '../../kumod/policy-run.ts';
import { delivered, loaded, read } from './recorded-run.ts';

type Point = Extract<ReadingRequest, { kind: 'log-points' }>['points'][number];
/** In `init.lua` where it names no file. */
type AskedPoint = Omit<Point, 'id' | 'file'> & { readonly file?: string };

function log(
  entries: Iterable<Entry>,
  ...points: readonly AskedPoint[]
): readonly LogPointReading[] {
  return read(entries, {
    kind: 'log-points',
    limit: 100,
    points: points.map((point, i) => ({ ...point, id: i + 1, file: point.file ?? 'init.lua' })),
  });
}

const textsOf = (reading: LogPointReading | undefined): readonly string[] =>
  (reading?.values ?? []).map(({ text }) => text);

const SEND = sendPolicy(`self.sent = (self.sent or 0) + 1
    local confirm = self.client:publish { routing_key = 'k' .. self.sent, payload = 'x' }
    local status = confirm:wait().status
    return status`).replace(
  'local sender = {}',
  "local sender = { client = kumo.amqp.build_client 'amqp://localhost' }",
);
const lineOf = (policy: string, text: string): number =>
  policy.split('\n').findIndex((line) => line.includes(text)) + 1;

describe.each(ENGINES)('log points in a finished run on %s', (engine) => {
  it('say the values of each time that a line ran, with tick and message', () => {
    const entries = delivered(engine, SEND, 3);
    const [reading] = log(entries, {
      line: lineOf(SEND, 'return status'),
      logMessage: 'sent {self.sent} by {self.client and "client"}: {status}',
    });
    expect(reading).toMatchObject({ id: 1, line: lineOf(SEND, 'return status'), passes: 3 });
    expect(reading?.problem).toBeUndefined();
    expect(textsOf(reading)).toEqual([
      'sent 1 by client: Ack',
      'sent 2 by client: Ack',
      'sent 3 by client: Ack',
    ]);
    expect(reading?.values.map(({ message }) => message)).toEqual([1, 2, 3]);
    const ticks = reading?.values.map(({ tick }) => tick) ?? [];
    // Each message runs the four lines of send.
    expect(ticks.map((tick) => tick - ticks[0]!)).toEqual([0, 4, 8]);
  });

  it('count with their condition, and say no more than the limit', () => {
    const script = 'for i = 1, 50 do\nlocal double = i * 2\nend\n';
    const readings = read(loaded(engine, script), {
      kind: 'log-points',
      limit: 3,
      points: [
        { id: 7, file: 'init.lua', line: 2, condition: 'i % 2 == 0', logMessage: '{i}' },
        { id: 8, file: 'init.lua', line: 2, logMessage: 'i is {i}' },
      ],
    });
    expect(readings.map(({ id, passes }) => [id, passes])).toEqual([
      [7, 25],
      [8, 50],
    ]);
    expect(readings.map(textsOf)).toEqual([
      ['2', '4', '6'],
      ['i is 1', 'i is 2', 'i is 3'],
    ]);
  });

  it('go on counting in the sessions after the limit was reached', () => {
    const run = runPolicy(engine, SEND);
    const sessions = [run.openSession(), run.openSessionInNewContext(2)];
    for (let message = 1; message <= 10; message++) {
      run.deliver(sessions[message % 2]!, { message });
    }
    const [reading] = read(run.entries, {
      kind: 'log-points',
      limit: 7,
      points: [
        { id: 1, file: 'init.lua', line: lineOf(SEND, 'return status'), logMessage: '{self.sent}' },
      ],
    });
    expect(reading?.passes).toBe(10);
    expect(textsOf(reading)).toEqual(['1', '2', '3', '4', '5', '1', '2']);
    expect(new Set(reading?.values.map(({ context }) => context)).size).toBe(2);
  });

  it('stand at the next line with code, and say so; or why they stand nowhere', () => {
    const entries = loaded(engine, 'local a = 1\n\n-- nothing\nlocal b = 2\n');
    const readings = log(
      entries,
      { line: 2, logMessage: '{a}' },
      { line: 9, logMessage: '{a}' },
      { file: 'other.lua', line: 1, logMessage: '{a}' },
    );
    expect(readings.map(({ line, passes }) => [line, passes])).toEqual([
      [4, 1],
      [undefined, 0],
      [undefined, 0],
    ]);
    expect(textsOf(readings[0])).toEqual(['1']);
    expect(readings[1]?.problem).toBe('No code follows line 9 of init.lua.');
    expect(readings[2]?.problem).toBe('other.lua was not loaded in this run.');
  });

  it('say what is wrong with an expression or a condition', () => {
    const entries = loaded(engine, 'local t = {}\nlocal _ = t\n');
    const readings = log(
      entries,
      { line: 2, logMessage: '{t.a.b}' },
      { line: 2, condition: 't.a.b', logMessage: 'held' },
    );
    expect(textsOf(readings[0])).toEqual([expect.stringContaining("field 'a'")]);
    expect(textsOf(readings[1])).toEqual([]);
    expect(readings[1]?.problem).toContain("field 'a'");
  });

  it('change nothing: the run repeats to its end, whatever they look at', () => {
    const policy = sendPolicy(`print(math.random(1000000), os.time())
    local keys = {}
    for i = 1, 10 do keys[{}] = i end
    local order = {}
    for _, i in pairs(keys) do order[#order + 1] = i end
    print(table.concat(order, ' '))
    return 'ok'`);
    const line = lineOf(policy, "return 'ok'");
    const entries = delivered(engine, policy, 5);
    const readings = log(
      entries,
      { line, logMessage: '{math.random(10)} {os.time()}' },
      { line, logMessage: '{print("not from here")}' },
      { line, logMessage: '{#order}' },
    );
    expect(readings.map(({ passes }) => passes)).toEqual([5, 5, 5]);
    expect(textsOf(readings[2])).toEqual(['10', '10', '10', '10', '10']);
    for (const text of textsOf(readings[1])) expect(text).toMatch(/^<.*must not call print/);
  });

  it('read a run up to a tick', () => {
    const entries = loaded(engine, 'for i = 1, 9 do\nlocal _ = i\nend\n');
    const request: ReadingRequest = {
      kind: 'log-points',
      limit: 100,
      points: [{ id: 1, file: 'init.lua', line: 2, logMessage: '{i}' }],
    };
    const all = read(entries, request);
    const lastTick = all[0]!.values[3]!.tick;
    const [some] = read(entries, request, { lastTickOf: () => lastTick });
    expect(textsOf(some)).toEqual(['1', '2', '3', '4']);
    expect(some?.passes).toBe(4);
  });

  it('show where a script that a limit ended was going round', () => {
    const policy = sendPolicy(`local n = 0
    while message:num_attempts() == 1 do
      n = n + 1
    end
    return 'ok'`);
    const entries = delivered(engine, policy, 1);
    const call = entries.findIndex((entry) => entry.kind === 'call' && entry.event === 'send');
    // As the workbench records it: the call, and then the limit in place of everything else.
    const cut: Entry[] = entries
      .slice(0, call + 1)
      .map((entry) => (entry.kind === 'message' ? { ...entry, num_attempts: 1 } : entry));
    cut.push({
      kind: 'limit',
      seq: call + 2,
      at: 0,
      message: 1,
      session: 1,
      limit: 'deadline',
      value: 10_000,
      during: 'send',
      text: 'The script ran for more than 10 s.',
    });
    const [reading] = log(cut, { line: lineOf(policy, 'n = n + 1'), logMessage: '{n}' });
    expect(textsOf(reading).slice(0, 3)).toEqual(['0', '1', '2']);
    expect(reading?.passes).toBeGreaterThan(1000);
  });
});
