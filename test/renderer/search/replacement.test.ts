import { expect, it } from 'vitest';
import { replacementAt } from '../../../renderer/search/replacement.ts';

const plain = { text: 'amqp', replacement: 'mq', matchCase: false, regularExpression: false };
const regular = { ...plain, regularExpression: true };

it('replaces a text as it was written, whatever its case', () => {
  expect(replacementAt("queue = 'AMQP'", { column: 10, length: 4 }, plain)).toBe('mq');
  const dollar = { ...plain, replacement: '$1' };
  expect(replacementAt("queue = 'amqp'", { column: 10, length: 4 }, dollar)).toBe('$1');
});

it('leaves what is another text by now', () => {
  expect(replacementAt("queue = 'smtp'", { column: 10, length: 4 }, plain)).toBeUndefined();
  const minding = { ...plain, matchCase: true };
  expect(replacementAt("queue = 'AMQP'", { column: 10, length: 4 }, minding)).toBeUndefined();
  expect(replacementAt('', { column: 10, length: 4 }, regular)).toBeUndefined();
});

it('puts the groups of a regular expression where the replacement names them', () => {
  const swap = { ...regular, text: '(\\w+) = (\\w+)', replacement: '$2 = $1' };
  expect(replacementAt('local a = b -- x = y', { column: 7, length: 5 }, swap)).toBe('b = a');
});

it('minds what a regular expression asks of the text around a match', () => {
  const behind = { ...regular, text: "(?<=')\\w+(?=')", replacement: '[$&]' };
  expect(replacementAt("queue = 'amqp'", { column: 10, length: 4 }, behind)).toBe('[amqp]');
});
