import { describe, expect, it } from 'vitest';
import {
  expirationRecord,
  logRecord,
  luaPeerAddress,
  onOneLine,
  rfc3339Time,
  type RecordedMessage,
} from '../../../lua-runtime/kumod/delivery-record.ts';
import { createMessageId } from '../../../lua-runtime/kumod/message-id.ts';

const CREATED = Date.UTC(2026, 6, 1, 12, 0, 0, 250);
const MESSAGE: RecordedMessage = {
  id: createMessageId(CREATED, 1, 1),
  sender: 's@example.org',
  recipients: ['r@example.com'],
  queue: 'amqp',
  size: 1047,
  created: CREATED,
  num_attempts: 2,
  reception_protocol: 'HTTP',
};
const ATTEMPT = {
  type: 'Delivery',
  code: 200,
  enhanced_code: null,
  content: '250 ok',
  site: 'unspecified->amqp@lua:make.amqp',
  peer_address: luaPeerAddress('make.amqp'),
  at: Date.UTC(2026, 6, 1, 12, 0, 5) + 0.482125,
  egress_pool: 'unspecified',
  egress_source: 'unspecified',
  delivery_protocol: 'Lua',
  nodeid: '22222222-2222-4222-8222-222222222222',
  session_id: '11111111-1111-4111-8111-111111111111',
} as const;

describe('a log record', () => {
  it("has every field in kumod's serialised order", () => {
    const id = MESSAGE.id;
    expect(JSON.stringify(logRecord(MESSAGE, ATTEMPT), null, 1).replace(/\n\s*/g, '')).toBe(
      `{"type": "Delivery","id": "${id}","sender": "s@example.org","recipient": "r@example.com",` +
        '"queue": "amqp","site": "unspecified->amqp@lua:make.amqp","size": 1047,' +
        '"response": {"code": 200,"enhanced_code": null,"content": "250 ok","command": null},' +
        '"peer_address": {"name": "Lua via make.amqp","addr": "0.0.0.0"},' +
        '"timestamp": 1782907205,"event_time": "2026-07-01T12:00:05.000482178Z",' +
        '"created": 1782907200,"created_time": "2026-07-01T12:00:00.250000000Z",' +
        '"num_attempts": 2,"bounce_classification": "Uncategorized",' +
        '"egress_pool": "unspecified","egress_source": "unspecified","source_address": null,' +
        '"feedback_report": null,"meta": {},"headers": {},"delivery_protocol": "Lua",' +
        '"reception_protocol": "HTTP","nodeid": "22222222-2222-4222-8222-222222222222",' +
        '"session_id": "11111111-1111-4111-8111-111111111111"}',
    );
  });

  it('has an array of recipients unless there is exactly one', () => {
    const recipients = ['a@x', 'b@x'];
    expect(logRecord({ ...MESSAGE, recipients }, ATTEMPT).recipient).toEqual(recipients);
    expect(logRecord({ ...MESSAGE, recipients: [] }, ATTEMPT).recipient).toEqual([]);
  });

  it('takes the creation time from the input when the id has none', () => {
    const record = logRecord({ ...MESSAGE, id: 'ffff' }, ATTEMPT);
    expect(record.created_time).toBe('2026-07-01T12:00:00.250000000Z');
  });

  it('writes a response on one line', () => {
    expect(onOneLine('hello\r\nthere\r\n')).toBe('hello there ');
    expect(onOneLine('hello\r\r\r\nthere\n')).toBe('hello   there ');
  });

  it('has the provider name only when there is one', () => {
    expect(logRecord(MESSAGE, ATTEMPT)).not.toHaveProperty('provider_name');
    expect(logRecord(MESSAGE, { ...ATTEMPT, provider_name: 'p' }).provider_name).toBe('p');
  });
});

describe('an Expiration', () => {
  it('says which limit the next attempt would have passed', () => {
    const record = expirationRecord(MESSAGE, {
      at: ATTEMPT.at,
      delayedAge: '7days 2h',
      maxAge: '7days',
      egress_pool: null,
      nodeid: ATTEMPT.nodeid,
    });
    expect(record).toMatchObject({
      type: 'Expiration',
      site: '',
      response: {
        code: 551,
        enhanced_code: { class: 5, subject: 4, detail: 7 },
        content: 'Next delivery time would be 7days 2h after creation, which exceeds max_age=7days',
        command: null,
      },
      peer_address: null,
      num_attempts: 3,
      egress_pool: null,
      egress_source: null,
      delivery_protocol: null,
    });
    expect(record).not.toHaveProperty('session_id');
  });
});

describe('a time', () => {
  it('is printed in UTC with nanoseconds', () => {
    expect(rfc3339Time(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02T03:04:05.006000000Z');
  });
});
