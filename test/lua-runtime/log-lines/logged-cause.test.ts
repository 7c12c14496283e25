import { expect, it } from 'vitest';
import { parseFault } from '../../../electron/amqp/embedded/faults.ts';
import { loggedCauseOf } from '../../../lua-runtime/log-lines/logged-cause.ts';

const FAILED = 'KumoMTA internal: error in deliver_message: sender:send method failed: ';

it.each([
  ['IO error: Connection refused (os error 111)', 'refuse'],
  ['Error occurred while creating a new object: AMQP network error: peer shutdown', 'auth'],
  ['protocol error: AMQP hard error: NOT-ALLOWED: NOT_ALLOWED - vhost x not found', 'vhost'],
  ["protocol error: AMQP soft error: NOT-FOUND: NOT_FOUND - no exchange 'x'", 'close-channel:404'],
  ['protocol error: AMQP soft error: PRECONDITION-FAILED: x', 'close-channel:406'],
  ['protocol error: AMQP hard error: CONNECTION-FORCED: x', 'close-connection:320'],
  ['IO error: connection aborted', 'reset'],
  ['IO error: Connection reset by peer (os error 104)', 'reset'],
  ['deadline has elapsed', 'block'],
])('%s is put down to the fault %s', (words, fault) => {
  expect(loggedCauseOf({ content: FAILED + words })?.fault).toBe(fault);
  expect(() => parseFault(fault)).not.toThrow();
});

it.each([
  ['{"status":"Nack"}', 'nack'],
  ['{"reply_code":312,"reply_text":"NO_ROUTE","status":"Ack"}', 'unroutable'],
])('what a script rejects with is read: %s', (content, fault) => {
  expect(loggedCauseOf({ content })?.fault).toBe(fault);
});

it.each([
  'only one connection attempt per session',
  'invalid channel state: Error',
  'error converting Lua nil to String (expected string or number)',
])('%s is explained without a fault', (words) => {
  expect(loggedCauseOf({ content: FAILED + words })).toEqual({
    text: expect.stringMatching(/\.$/) as string,
  });
});

it('other words tell nothing', () => {
  expect(loggedCauseOf({ content: '550 no such user' })).toBeUndefined();
});
