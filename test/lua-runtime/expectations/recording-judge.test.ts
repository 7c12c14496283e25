import { describe, expect, it } from 'vitest';
import type {
  Expectations,
  Mismatch,
} from '../../../lua-runtime/expectations/expectation-contract.ts';
import { RecordingJudge } from '../../../lua-runtime/expectations/recording-judge.ts';
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';
import type { LogRecord } from '../../../lua-runtime/recording/log-record.ts';

const at = 1_800_000_000_000;

function judged(
  expected: Expectations,
  entries: readonly EntryBody[],
  problem?: string,
): Mismatch[] {
  const judge = new RecordingJudge(expected);
  entries.forEach((entry, i) => judge.add({ ...entry, seq: i + 1 }));
  return judge.end({ problem });
}

function record(type: LogRecord['type'], code: number, content: string, message = 1): EntryBody {
  const response = { code, content, enhanced_code: null, command: null };
  const fields = { type, response, queue: 'amqp', egress_pool: 'unspecified' };
  return { kind: 'record', at, message, session: 1, record: fields as unknown as LogRecord };
}

/** A message that the script bounces because the broker refuses it. */
function bounced(message = 1): EntryBody[] {
  const stamp = { at, message, session: 1 };
  return [
    {
      ...stamp,
      kind: 'publish',
      publish: message,
      api: 'amqp.publish',
      exchange: 'mail',
      routing_key: 'acme.spring',
      mandatory: true,
      properties: { content_type: 'text/plain' },
      size: 5,
      payload_preview: 'hello',
      location: { file: 'init.lua', line: 24 },
    },
    { ...stamp, kind: 'verdict', publish: message, verdict: 'nacked' },
    {
      ...stamp,
      kind: 'reject',
      code: 500,
      text: 'full',
      location: { file: 'init.lua', line: 35 },
    },
    record('Bounce', 500, 'full', message),
  ];
}

function silentlyLost(message = 1): EntryBody[] {
  const stamp = { at, message, session: 1 };
  const [publish] = bounced(message);
  return [
    ...(publish ? [publish] : []),
    { ...stamp, kind: 'verdict', publish: message, verdict: 'unroutable', reply_code: 312 },
    { ...stamp, kind: 'warning', code: 'silent-loss', text: 'it is gone' },
    record('Delivery', 200, '250 ok', message),
  ];
}

describe('each message', () => {
  it('meets what is said of its record, verdicts and publishes', () => {
    const expected: Expectations = {
      record: { type: 'Bounce', code: 500, content: 'full', fields: { queue: 'amqp' } },
      verdicts: ['nacked'],
      publishes: [
        {
          exchange: 'mail',
          routing_key: 'acme.spring',
          mandatory: true,
          body: { contains: 'ell' },
          properties: { content_type: 'text/plain' },
        },
      ],
    };
    expect(judged(expected, [...bounced(1), ...bounced(2)])).toEqual([]);
  });

  it('tells expected and actual, with the line that ended the attempt', () => {
    expect(judged({ record: { type: 'Delivery' } }, bounced())).toEqual([
      {
        key: 'record.type',
        expected: 'Delivery',
        actual: 'Bounce 500 "full"',
        location: { file: 'init.lua', line: 35 },
        message: 1,
        times: 1,
      },
    ]);
  });

  it('tells a publish at the line that published', () => {
    const expected = { publishes: [{ routing_key: 'acme.winter', body: 'bye' }] };
    expect(judged(expected, bounced())).toMatchObject([
      { key: 'publishes[0].routing_key', expected: '"acme.winter"', actual: '"acme.spring"' },
      { key: 'publishes[0].body', location: { file: 'init.lua', line: 24 } },
    ]);
    expect(judged({ publishes: [] }, bounced())).toMatchObject([
      { key: 'publishes', expected: '0 publishes', actual: '1 publish' },
    ]);
  });

  it('compares verdicts in the order of the publishes, however they came', () => {
    const stamp = { at, message: 1, session: 1 };
    const entries: EntryBody[] = [
      { ...stamp, kind: 'verdict', publish: 2, verdict: 'nacked' },
      { ...stamp, kind: 'verdict', publish: 1, verdict: 'acked' },
      record('Bounce', 500, 'full'),
    ];
    expect(judged({ verdicts: ['acked', 'nacked'] }, entries)).toEqual([]);
    expect(judged({ verdicts: ['nacked', 'acked'] }, entries)).toHaveLength(2);
    expect(judged({ verdicts: ['acked'] }, entries)).toMatchObject([
      { key: 'verdicts', expected: 'acked', actual: 'acked, nacked' },
    ]);
  });

  it('is counted when many fail the same expectation', () => {
    const [mismatch, ...more] = judged({ record: { code: 250 } }, [3, 4, 5].flatMap(bounced));
    expect(mismatch).toMatchObject({ key: 'record.code', message: 3, times: 3 });
    expect(more).toEqual([]);
  });

  it('may say how long kumod waits', () => {
    const ended = record('TransientFailure', 400, 'later');
    const next_attempt = { attempt: 2, delay_seconds: 300, due: '' };
    const entries = [{ ...ended, next_attempt } as EntryBody];
    expect(judged({ record: { next_attempt_seconds: { at_most: 300 } } }, entries)).toEqual([]);
    expect(judged({ record: { next_attempt_seconds: 60 } }, entries)).toMatchObject([
      { expected: '60 s', actual: '300 s' },
    ]);
    expect(judged({ record: { next_attempt_seconds: 60 } }, bounced())).toMatchObject([
      { actual: 'no further attempt' },
    ]);
  });
});

describe('a loss', () => {
  it('fails a scenario that does not speak of it', () => {
    expect(judged({ record: { type: 'Delivery' } }, silentlyLost())).toMatchObject([
      {
        key: 'warnings',
        expected: 'no silent-loss',
        actual: 'silent-loss: it is gone',
        location: { file: 'init.lua', line: 24 },
      },
    ]);
  });

  it('is fine where it is what the scenario is about', () => {
    expect(judged({ warnings: ['silent-loss'] }, silentlyLost())).toEqual([]);
    expect(judged({ warnings: ['silent-loss'] }, bounced())).toMatchObject([
      { key: 'warnings', expected: 'silent-loss', actual: 'no warning' },
    ]);
  });
});

describe('the run', () => {
  const configured: EntryBody = {
    kind: 'queue-config',
    at,
    resolution: {
      queue: 'amqp',
      parts: { domain: 'amqp' },
      handlers_asked: 1,
      fields_set: ['retry_interval'],
      handler: { file: 'init.lua', line: 4 },
      config: { retry_interval: '5m', egress_pool: null },
      protocol: {
        kind: 'custom_lua',
        constructor_event: 'make.amqp',
        batch_size: 1,
        min_batch_size: 1,
        max_batch_latency: '0s',
      },
      egress_pool: 'unspecified',
      duration_us: 1,
    },
  };

  it('has one decision about its queue', () => {
    const queue_config = {
      protocol: 'custom_lua',
      constructor_event: 'make.amqp',
      egress_pool: 'unspecified',
      handler: 'init.lua:4',
      fields: { retry_interval: '5m', egress_pool: null },
    };
    expect(judged({ queue_config }, [configured])).toEqual([]);
    const other = { protocol: 'smtp', egress_source: 'ip-1', fields: { max_age: '1d' } };
    expect(judged({ queue_config: other }, [configured])).toMatchObject([
      { key: 'queue_config.protocol', actual: '"custom_lua"', location: { line: 4 } },
      { key: 'queue_config.egress_source', expected: '"ip-1"', actual: 'none' },
      { key: 'queue_config.fields.max_age', expected: '"1d"', actual: 'absent' },
    ]);
    expect(judged({ queue_config: {} }, bounced())).toMatchObject([{ key: 'queue_config' }]);
  });

  it('prints each of the texts, anywhere', () => {
    const print = (text: string, message?: number): EntryBody => ({
      kind: 'print',
      at,
      source: 'print',
      level: 'info',
      text,
      ...(message === undefined ? {} : { message }),
    });
    const entries = [print('loaded'), ...bounced(), print('tenant acme', 2)];
    expect(judged({ prints: ['loaded', { contains: 'acme' }] }, entries)).toEqual([]);
    expect(judged({ prints: ['globex'] }, entries)).toMatchObject([
      { key: 'prints[0]', expected: '"globex"', actual: '"loaded", "tenant acme"' },
    ]);
  });

  it('raises the error that is expected, at its line', () => {
    const failure = {
      text: 'init.lua:20: boom\nstack traceback:',
      summary: 'boom',
      location: { file: 'init.lua', line: 20 },
      traceback: [],
    };
    const error: EntryBody = { kind: 'error', at, message: 1, during: 'send', failure };
    const entries = [error, record('TransientFailure', 400, 'boom')];
    expect(judged({ error: { text: 'boom', at: 'init.lua:20' } }, entries)).toEqual([]);
    expect(judged({ error: { at: 'init.lua:21' } }, entries)).toMatchObject([
      { key: 'error', expected: 'an error at init.lua:21', actual: '"init.lua:20: boom"' },
    ]);
  });

  it('counts what its summary counts', () => {
    const verdicts = { acked: 8, nacked: 2, unroutable: 0, unconfirmed: 0, failed: 0, none: 0 };
    const summary: EntryBody = {
      kind: 'summary',
      at,
      messages: 10,
      interrupted: 0,
      not_tried: 0,
      duration_ms: 5,
      messages_per_second: 2000,
      verdicts,
      silent_loss: 1,
      possible_loss: 0,
      possible_duplicate: 0,
      records: [{ type: 'Delivery', count: 9, reasons: [], other_reasons: 0 }],
    };
    const entries = [...silentlyLost(), summary];
    const counts = {
      messages: 10,
      records: { Delivery: { at_least: 9 }, Bounce: 0 },
      verdicts: { acked: 8 },
      silent_loss: 1,
    };
    expect(judged({ counts }, entries)).toEqual([]);
    const other = { records: { Delivery: 10 }, verdicts: { nacked: 0 }, silent_loss: 0 };
    expect(judged({ counts: other }, entries)).toMatchObject([
      { key: 'counts.records.Delivery', expected: '10', actual: '9' },
      { key: 'counts.verdicts.nacked', expected: '0', actual: '2' },
      { key: 'counts.silent_loss', expected: '0', actual: '1' },
    ]);
  });

  it('that cannot go on tells why and nothing else', () => {
    const expected: Expectations = { record: { type: 'Delivery' }, prints: ['x'] };
    expect(judged(expected, [], 'init.lua:3: boom')).toEqual([
      {
        key: 'problem',
        expected: 'a run that ends by itself',
        actual: 'init.lua:3: boom',
        times: 1,
      },
    ]);
    expect(judged({ problem: { contains: 'boom' } }, [], 'init.lua:3: boom')).toEqual([]);
    expect(judged({ problem: 'boom' }, bounced())).toMatchObject([
      { key: 'problem', actual: 'the run ended by itself' },
    ]);
  });
});

describe('an event', () => {
  const fired = (values: Extract<EntryBody, { kind: 'return' }>['values']): EntryBody[] => [
    { kind: 'event', at, event: 'should_enqueue_log_record', arguments: [] },
    {
      kind: 'call',
      at,
      span: 1,
      event: 'should_enqueue_log_record',
      arguments: [],
      location: { file: 'init.lua', line: 9 },
    },
    { kind: 'return', at, span: 1, event: 'should_enqueue_log_record', values, duration_us: 1 },
  ];

  it('returns what is expected', () => {
    expect(judged({ returns: [true] }, fired([true]))).toEqual([]);
    expect(judged({ returns: [] }, fired([]))).toEqual([]);
    expect(judged({ returns: [true] }, fired([]))).toEqual([
      {
        key: 'returns',
        expected: 'true',
        actual: 'nothing',
        location: { file: 'init.lua', line: 9 },
        times: 1,
      },
    ]);
  });
});
