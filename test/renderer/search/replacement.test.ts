import { expect, it } from 'vitest';
import { replacementAt } from '../../../renderer/search/replacement.ts';

const plain = { pattern: { source: 'amqp', flags: 'gi' }, replacement: 'mq', hasGroups: false };
const regular = (source: string, replacement: string) => ({
  pattern: { source, flags: 'gi' },
  replacement,
  hasGroups: true,
});
const amqp = { column: 10, length: 4 };

it('replaces a text as it was written, whatever its case', () => {
  expect(replacementAt("queue = 'AMQP'", amqp, plain)).toBe('mq');
  expect(replacementAt("queue = 'amqp'", amqp, { ...plain, replacement: '$1' })).toBe('$1');
});

it('leaves what is another text by now', () => {
  expect(replacementAt("queue = 'smtp'", amqp, plain)).toBeUndefined();
  const minding = { ...plain, pattern: { source: 'amqp', flags: 'g' } };
  expect(replacementAt("queue = 'AMQP'", amqp, minding)).toBeUndefined();
  expect(replacementAt('', amqp, plain)).toBeUndefined();
});

it('puts the groups of a regular expression where the replacement names them', () => {
  const swap = regular(String.raw`(\w+) = (\w+)`, '$2 = $1');
  expect(replacementAt('local a = b -- x = y', { column: 7, length: 5 }, swap)).toBe('b = a');
});

it('minds what a regular expression asks of the text around a match', () => {
  const quoted = regular(String.raw`(?<=')\w+(?=')`, '[$&]');
  expect(replacementAt("queue = 'amqp'", amqp, quoted)).toBe('[amqp]');
  const whole = regular(String.raw`\b(?:am|amqp)\b`, '<$&>');
  expect(replacementAt("queue = 'amqp'", amqp, whole)).toBe('<amqp>');
});
