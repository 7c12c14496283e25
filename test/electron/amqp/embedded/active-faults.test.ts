import { describe, expect, test } from 'vitest';
import { ActiveFaults } from '../../../../electron/amqp/embedded/active-faults.ts';
import { parseFault } from '../../../../electron/amqp/embedded/faults.ts';

/** Which of the publishes meet the fault, by its kind; a clock that stands still unless it is moved. */
function withFault(text: string) {
  const clock = { now: 1000 };
  const faults = new ActiveFaults(parseFault(text), () => clock.now);
  const publish = (routingKey = 'k', exchange = '') => {
    const { fault, delayMilliseconds } = faults.onPublish({ exchange, routingKey });
    return [fault?.kind ?? '-', ...(delayMilliseconds > 0 ? [delayMilliseconds] : [])].join(' ');
  };
  return {
    clock,
    faults,
    publish,
    many: (count: number) => Array.from({ length: count }, () => publish()),
  };
}

describe('a fault', () => {
  test('without conditions applies always', () => {
    expect(withFault('nack').many(3)).toEqual(['nack', 'nack', 'nack']);
  });

  test('for the nth message', () => {
    expect(withFault('nack@n=3').many(5)).toEqual(['-', '-', 'nack', '-', '-']);
    expect(withFault('nack@n=2..3').many(4)).toEqual(['-', 'nack', 'nack', '-']);
    expect(withFault('nack@n=3..').many(4)).toEqual(['-', '-', 'nack', 'nack']);
  });

  test('for every nth message', () => {
    expect(withFault('nack@every=2').many(5)).toEqual(['-', 'nack', '-', 'nack', '-']);
  });

  test('for a routing key counts the messages with that key', () => {
    const { publish } = withFault('nack@key=mail.#,n=2');
    expect(['mail.a', 'other', 'mail', 'mail.b'].map((key) => publish(key))).toEqual([
      '-',
      '-',
      'nack',
      '-',
    ]);
  });

  test('for an exchange, the default one too', () => {
    const named = withFault('nack@exchange=e');
    expect([named.publish('k', 'e'), named.publish('k', 'f')]).toEqual(['nack', '-']);
    const unnamed = withFault('nack@exchange=');
    expect([unnamed.publish('k', ''), unnamed.publish('k', 'f')]).toEqual(['nack', '-']);
  });

  test('with a probability meets the same messages with the same seed', () => {
    const first = withFault('nack@p=0.3,seed=7').many(1000);
    expect(withFault('nack@p=0.3,seed=7').many(1000)).toEqual(first);
    expect(withFault('nack@p=0.3,seed=8').many(1000)).not.toEqual(first);
    const share = first.filter((kind) => kind === 'nack').length / 1000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(new Set(withFault('nack@p=0').many(50))).toEqual(new Set(['-']));
    expect(new Set(withFault('nack@p=1').many(50))).toEqual(new Set(['nack']));
  });

  test('for a window of time', () => {
    const { clock, publish } = withFault('nack@after=2s,for=3s');
    const at = (milliseconds: number) => {
      clock.now = 1000 + milliseconds;
      return publish();
    };
    expect([0, 1999, 2000, 4999, 5000].map(at)).toEqual(['-', '-', 'nack', 'nack', '-']);
  });

  test('after a delay counts the messages before it too', () => {
    const { clock, many } = withFault('nack@n=2..3,after=1s');
    expect(many(2)).toEqual(['-', '-']);
    clock.now += 1000;
    expect(many(2)).toEqual(['nack', '-']);
  });

  test('with others: the first that applies, and a delay on top', () => {
    const { many } = withFault('reset@n=2+nack@n=2..3+delay:20@n=3..4+delay:5');
    expect(many(5)).toEqual(['- 5', 'reset 5', 'nack 20', '- 20', '- 5']);
  });

  test('of logins counts logins', () => {
    const { faults } = withFault('auth@n=2+vhost@n=1');
    expect([faults.refusesLogin(), faults.refusesLogin(), faults.refusesLogin()]).toEqual([
      false,
      true,
      false,
    ]);
    expect([faults.hidesVirtualHost(), faults.hidesVirtualHost()]).toEqual([true, false]);
  });

  test('that is a state says when it changes', () => {
    const { clock, faults } = withFault('block@after=2s,for=3s+refuse@for=1s');
    const states: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      states.push([faults.isBlocking, faults.isRefusing, faults.changesIn]);
      clock.now += faults.changesIn ?? 0;
    }
    expect(states).toEqual([
      [false, true, 1000],
      [false, false, 1000],
      [true, false, 3000],
      [false, false, undefined],
      [false, false, undefined],
    ]);
  });
});
