import { describe, expect, it } from 'vitest';
import { loggedDifferences } from '../../../lua-runtime/log-lines/logged-differences.ts';
import type { LogRecord } from '../../../lua-runtime/recording/log-record.ts';
import { LINE, recordOf } from './records.ts';

function here(change: Partial<LogRecord> = {}): LogRecord {
  return { ...(LINE as unknown as LogRecord), ...change };
}
const saying = (content: string) => ({ response: { ...here().response, content } });

describe('a delivery beside the line of the log', () => {
  it('is the same when type, code, text and ready queue are', () => {
    expect(loggedDifferences(recordOf(), here())).toEqual([]);
  });

  it('differs in what it ended in', () => {
    const ended = here({
      type: 'Bounce',
      response: { ...here().response, code: 500, content: 'x' },
    });
    expect(loggedDifferences(recordOf(), ended)).toEqual([
      { what: 'type', logged: 'TransientFailure', here: 'Bounce' },
      { what: 'code', logged: '451', here: '500' },
      { what: 'text', logged: 'broker said no', here: 'x' },
    ]);
  });

  it('differs in its ready queue, where the line names one', () => {
    const elsewhere = here({ site: 'pool->example.com@lua:make.amqp' });
    expect(loggedDifferences(recordOf(), elsewhere).map(({ what }) => what)).toEqual([
      'ready queue',
    ]);
    expect(loggedDifferences(recordOf({ site: '' }), elsewhere)).toEqual([]);
  });

  it('is the same although kumod names files in full and ends with another traceback', () => {
    const logged = recordOf({
      response: {
        code: 451,
        content:
          '[string "/opt/kumomta/etc/policy/routes/amqp.lua"]:12: broken\tstack traceback:\t[C]: in ?',
      },
    });
    expect(
      loggedDifferences(logged, here(saying('routes/amqp.lua:12: broken stack traceback: x'))),
    ).toEqual([]);
    expect(
      loggedDifferences(logged, here(saying('routes/amqp.lua:13: broken'))).map(({ what }) => what),
    ).toEqual(['text']);
  });
});
