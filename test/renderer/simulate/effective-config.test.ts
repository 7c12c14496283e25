import { expect, it } from 'vitest';
import type { QueueResolution } from '../../../electron/bridge/contract.ts';
import { configFields } from '../../../renderer/simulate/effective-config.ts';

const resolution: QueueResolution = {
  queue: 'amqp',
  parts: { domain: 'amqp' },
  handlers_asked: 1,
  config: {
    max_age: '7days',
    protocol: { custom_lua: { constructor: 'make.amqp', batch_size: 1 } },
    egress_pool: null,
    retry_interval: '5m',
  },
  fields_set: ['protocol', 'retry_interval'],
  duration_us: 1,
};

it('lists what the policy set before the defaults and unfolds the protocol', () => {
  expect(configFields(resolution)).toEqual([
    { name: 'protocol', value: 'custom_lua', isSet: true },
    { name: 'protocol.constructor', value: 'make.amqp', isSet: true },
    { name: 'protocol.batch_size', value: '1', isSet: true },
    { name: 'retry_interval', value: '5m', isSet: true },
    { name: 'max_age', value: '7days', isSet: false },
    { name: 'egress_pool', value: 'none', isSet: false },
  ]);
});

it('has no fields when the config could not be made', () => {
  const { config: _config, ...failed } = resolution;
  expect(configFields(failed)).toEqual([]);
});
