import { describe, expect, it } from 'vitest';
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';
import { Recorder } from '../../../lua-runtime/recording/recorder.ts';
import {
  entriesOfKind,
  entriesOfMessage,
  finalRecord,
  messagesOf,
  outstandingPublishes,
  verdictsOf,
} from '../../../lua-runtime/recording/recording-reader.ts';
import { latin1, latin1Bytes } from '../../../lua-runtime/recording/byte-text.ts';
import { runPolicy, sendPolicy } from '../kumod/policy-run.ts';

const publish = (number: number, message: number): EntryBody => ({
  kind: 'publish',
  at: 1,
  message,
  publish: number,
  api: 'amqp.basic_publish',
  exchange: '',
  routing_key: 'k',
  mandatory: false,
  properties: {},
  size: 1,
  payload_preview: 'x',
});

describe('a recorder', () => {
  it('numbers entries from 1 without gaps, and keeps one copy of a file', () => {
    const heard: number[] = [];
    const recorder = new Recorder((entry) => heard.push(entry.seq));
    const file: EntryBody = { kind: 'file', at: 1, path: 'init.lua', text: 'return 1' };
    recorder.record(file);
    expect(recorder.record({ ...file, at: 2 })).toBeUndefined();
    recorder.record({ ...file, text: 'return 2' });
    recorder.record(publish(1, 1));
    expect(heard).toEqual([1, 2, 3]);
    expect(recorder.entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('can leave the keeping to its listener', () => {
    const recorder = new Recorder(() => undefined, { keep: false });
    expect(recorder.record(publish(1, 1))?.seq).toBe(1);
    expect(recorder.entries).toHaveLength(0);
  });
});

describe('a recording', () => {
  it('tells which publishes no verdict has answered', () => {
    const recorder = new Recorder();
    recorder.record(publish(1, 1));
    recorder.record(publish(2, 1));
    recorder.record(publish(3, 2));
    recorder.record({ kind: 'verdict', at: 2, message: 1, publish: 1, verdict: 'acked' });
    const numbers = (message?: number) =>
      outstandingPublishes(recorder.entries, message).map((entry) => entry.publish);
    expect(numbers()).toEqual([2, 3]);
    expect(numbers(1)).toEqual([2]);
    expect(verdictsOf(recorder.entries, 1)).toHaveLength(1);
    expect(verdictsOf(recorder.entries, 2)).toHaveLength(0);
  });

  it('tells the messages of a run and what happened to each', () => {
    const run = runPolicy('lua54', sendPolicy("return 'ok ' .. message:num_attempts()"));
    const session = run.openSession();
    run.deliver(session);
    run.deliver(session, { message: 2, num_attempts: 3 });
    expect(messagesOf(run.entries)).toEqual([1, 2]);
    expect(entriesOfMessage(run.entries, 2).map(({ kind }) => kind)).toEqual([
      'message',
      'call',
      'return',
      'record',
    ]);
    expect(finalRecord(run.entries, 2)?.record.response.content).toBe('ok 3');
    expect(finalRecord(run.entries, 3)).toBeUndefined();
    expect(entriesOfKind(run.entries, 'session')).toHaveLength(1);
  });
});

describe('bytes as text', () => {
  it('come back as they were', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256);
    expect(latin1Bytes(latin1(bytes))).toEqual(bytes);
    expect(latin1(bytes)).toHaveLength(20_000);
    const ascii = bytes.map((byte) => byte & 0x7f);
    expect(latin1Bytes(latin1(ascii))).toEqual(ascii);
  });
});
