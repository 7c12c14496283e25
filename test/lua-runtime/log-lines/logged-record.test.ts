import { describe, expect, it } from 'vitest';
import { readLogLines } from '../../../lua-runtime/log-lines/logged-record.ts';
import { LINE, recordOf } from './records.ts';

const line = JSON.stringify(LINE);

describe('a line of the log', () => {
  it('is read with its times in milliseconds', () => {
    expect(recordOf()).toMatchObject({
      type: 'TransientFailure',
      recipients: ['user@example.com'],
      code: 451,
      content: 'broker said no',
      numAttempts: 2,
      created: Date.parse('2026-11-25T09:30:00Z'),
      at: Date.parse('2026-11-25T09:46:40.123Z'),
      deliveryProtocol: 'Lua',
    });
  });

  it('has whole seconds where an older release wrote no exact time', () => {
    expect(recordOf({ created_time: undefined }).created).toBe(1_795_599_000_000);
  });

  it('may name several recipients', () => {
    expect(recordOf({ recipient: ['a@b.c', 'd@e.f'] }).recipients).toEqual(['a@b.c', 'd@e.f']);
  });

  it('is found behind what a log shipper put before it', () => {
    const { records } = readLogLines(`Nov 25 09:46:40 mail-1 kumod[17]: ${line}`);
    expect(records.map(({ queue }) => queue)).toEqual(['spring:acme@example.com']);
  });

  it('may be spread over several lines', () => {
    expect(readLogLines(JSON.stringify(LINE, null, 2)).records).toHaveLength(1);
  });

  it('is one of many', () => {
    const read = readLogLines(`${line}\r\n\r\nsomething else\n${line}\n`);
    expect(read.records).toHaveLength(2);
    expect(read.skipped).toBe(1);
  });

  it('may stand in an array', () => {
    expect(readLogLines(`[${line},${line}]`).records).toHaveLength(2);
  });
});

describe('what is no log record', () => {
  it('is nothing while nothing is there', () => {
    expect(readLogLines(' \n')).toEqual({ records: [], skipped: 0 });
  });

  it.each(['hello', '550 no such user', '{"type":', '[1, 2]', '"text"', 'null'])(
    'says so: %s',
    (text) => {
      expect(readLogLines(text)).toMatchObject({
        records: [],
        problem: expect.stringContaining('no log record of kumod') as string,
      });
    },
  );

  it('names what a JSON object lacks', () => {
    expect(readLogLines('{"type":"Bounce"}').problem).toContain('has no "response"');
    expect(readLogLines('{"a":1}').problem).toContain('no "type" and no "response"');
  });
});
