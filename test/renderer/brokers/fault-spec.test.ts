import { expect, it } from 'vitest';
import { faultName, faultParameter, faultSpec } from '../../../renderer/brokers/fault-spec.ts';

const delay = {
  spec: 'delay:MS',
  title: 'Delay',
  explanation: '',
  parameter: { name: 'Milliseconds', example: '250' },
};

it('splits a fault into its name and parameter', () => {
  expect([faultName('delay:80'), faultParameter('delay:80')]).toEqual(['delay', '80']);
  expect([faultName('nack'), faultParameter('nack')]).toEqual(['nack', '']);
});

it('fills a missing parameter with the example', () => {
  expect(faultSpec(delay, '')).toBe('delay:250');
  expect(faultSpec(delay, ' 80 ')).toBe('delay:80');
  expect(faultSpec({ spec: 'nack', title: '', explanation: '' }, '80')).toBe('nack');
});
