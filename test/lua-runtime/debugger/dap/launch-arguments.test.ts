import { describe, expect, test } from 'vitest';
import { readLaunchArguments } from '../../../../lua-runtime/debugger/dap/launch-arguments.ts';

const read = (args: { readonly [name: string]: unknown }) =>
  readLaunchArguments(args, { stopOnEnd: false });

describe('what is run', () => {
  test('is a delivery with everything that it needs', () => {
    const delivery = {
      queue: 'a.example',
      data: '/mail.eml',
      sender: 'a@b.example',
      recipient: 'c@d.example',
      meta: { tenant: 'acme', weight: 2 },
      id: 'c90b9c00e8b211f180017130c3e16daa',
      numAttempts: 2,
      count: 3,
    };
    const broker = { broker: 'embedded', fault: 'nack', dialect: 'rabbitmq-4' };
    const rest = { ...broker, engine: 'fengari', kumomta: '2026.06.09' };
    expect(read({ program: '/p', ...delivery, ...rest }).launch).toEqual({
      program: '/p',
      delivery,
      ...rest,
      stopOnEntry: false,
      stopOnEnd: false,
    });
  });

  test('is an event with its arguments', () => {
    const { launch } = read({ program: '/p', event: 'get_queue_config', args: ['a', null] });
    expect(launch.event).toEqual({ name: 'get_queue_config', args: ['a', null] });
    expect(launch.delivery).toBeUndefined();
  });

  test('is a recording', () => {
    expect(read({ program: '/p', recording: '/r.jsonl' }).launch.recording).toBe('/r.jsonl');
  });

  test('may be named by file URIs', () => {
    const { launch } = read({ program: 'file:///a%20b/init.lua', queue: 'q', data: 'file:///m' });
    expect(launch.program).toBe('/a b/init.lua');
    expect(launch.delivery?.data).toBe('/m');
  });
});

describe('where it stops', () => {
  test('is nowhere by default, or at the end where the client wants that', () => {
    expect(read({ program: '/p', queue: 'q' }).launch).toMatchObject({
      stopOnEntry: false,
      stopOnEnd: false,
    });
    const inWindow = readLaunchArguments({ program: '/p', queue: 'q' }, { stopOnEnd: true });
    expect(inWindow.launch.stopOnEnd).toBe(true);
  });

  test('is nowhere at all without debugging', () => {
    const args = { program: '/p', queue: 'q', noDebug: true, stopOnEntry: true, stopOnEnd: true };
    const { launch, noDebug } = read(args);
    expect(noDebug).toBe(true);
    expect(launch).toMatchObject({ stopOnEntry: false, stopOnEnd: false });
  });
});

describe('a wrong argument is told in one sentence', () => {
  test.each([
    [{ queue: 'q' }, 'The launch needs `program`'],
    [{ program: '' }, 'The launch needs `program`'],
    [{ program: 7, queue: 'q' }, '`program` must be a text.'],
    [{ program: '/p' }, 'The launch needs one of `queue`'],
    [{ program: '/p', queue: 'q', event: 'e' }, 'The launch has `queue` and `event`; only one'],
    [{ program: '/p', queue: 'q', recording: 'r' }, 'The launch has `queue` and `recording`'],
    [{ program: '/p', queue: '' }, '`queue` is empty'],
    [{ program: '/p', event: '' }, '`event` is empty'],
    [{ program: '/p', recording: '' }, '`recording` is empty'],
    [{ program: '/p', queue: 'q', data: {} }, '`data` must be a text.'],
    [{ program: '/p', queue: 'q', sender: 1 }, '`sender` must be a text.'],
    [{ program: '/p', queue: 'q', recipient: [] }, '`recipient` must be a text.'],
    [{ program: '/p', queue: 'q', meta: 'a=b' }, '`meta` must be an object'],
    [{ program: '/p', queue: 'q', meta: [] }, '`meta` must be an object'],
    [{ program: '/p', queue: 'q', count: 0 }, '`count` must be a whole number from 1'],
    [{ program: '/p', queue: 'q', count: '3' }, '`count` must be a whole number from 1'],
    [{ program: '/p', queue: 'q', count: 1.5 }, '`count` must be a whole number from 1'],
    [{ program: '/p', queue: 'q', id: 17 }, '`id` must be a text.'],
    [{ program: '/p', queue: 'q', numAttempts: -1 }, '`numAttempts` must be a whole number from 0'],
    [{ program: '/p', event: 'e', numAttempts: 1 }, '`numAttempts` belongs to a delivery'],
    [{ program: '/p', queue: 'q', args: [] }, '`args` are those of a handler'],
    [{ program: '/p', event: 'e', args: {} }, '`args` must be a list'],
    [{ program: '/p', event: 'e', sender: 'a@b' }, '`sender` belongs to a delivery'],
    [{ program: '/p', recording: 'r', count: 2 }, '`count` belongs to a delivery'],
    [{ program: '/p', queue: 'q', engine: 'lua51' }, '`engine` must be one of lua54, fengari.'],
    [{ program: '/p', queue: 'q', broker: 5672 }, '`broker` must be a text.'],
    [{ program: '/p', queue: 'q', fault: true }, '`fault` must be a text.'],
    [{ program: '/p', queue: 'q', kumomta: 'latest' }, '`kumomta` must be a release of KumoMTA'],
    [{ program: '/p', queue: 'q', stopOnEntry: 'yes' }, '`stopOnEntry` must be true or false.'],
    [{ program: '/p', queue: 'q', stopOnEnd: 1 }, '`stopOnEnd` must be true or false.'],
    [{ program: '/p', queue: 'q', noDebug: 'no' }, '`noDebug` must be true or false.'],
  ])('%j', (args, sentence) => {
    expect(() => read(args)).toThrow(sentence);
  });
});

test('an unknown argument is remarked on, those of the client are not', () => {
  const { remarks } = read({
    ...{ type: 'kumo', request: 'launch', name: 'Debug', __sessionId: 'x', preLaunchTask: 'b' },
    ...{ program: '/p', queue: 'q', recipent: 'a@b' },
  });
  expect(remarks).toEqual([
    'The launch has `recipent`, which the debugger does not know; it has no effect.',
  ]);
});
