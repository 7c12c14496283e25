/** When a binding lets a message through: the four exchange types of AMQP 0-9-1 section 3.1.3. */
import type { Dialect } from '../dialects.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import { erlangBinary } from '../wire/described-payload.ts';
import type { FieldTable, FieldValue } from '../wire/field-table.ts';
import { fieldText } from '../wire/plain-values.ts';
import { sameHeader, sameValue } from './same-value.ts';

/** `*` stands for one word, `#` for any number of words; words are separated by dots. */
export function topicMatches(pattern: string, routingKey: string): boolean {
  return wordsMatch(pattern.split('.'), 0, words(routingKey), 0);
}

/** An empty routing key has no words, so that `#` matches it and `*` does not. */
function words(routingKey: string): readonly string[] {
  return routingKey === '' ? [] : routingKey.split('.');
}

function wordsMatch(
  pattern: readonly string[],
  patternAt: number,
  key: readonly string[],
  keyAt: number,
): boolean {
  for (; patternAt < pattern.length; patternAt++, keyAt++) {
    const word = pattern[patternAt];
    if (word === '#') {
      if (patternAt === pattern.length - 1) return true;
      for (let at = keyAt; at <= key.length; at++) {
        if (wordsMatch(pattern, patternAt + 1, key, at)) return true;
      }
      return false;
    }
    if (word === '' && pattern.length === 1) return key.length === 0;
    if (keyAt >= key.length || (word !== '*' && word !== key[keyAt])) return false;
  }
  return keyAt === key.length;
}

const matchWords: readonly string[] = ['all', 'any', 'all-with-x', 'any-with-x'];

/** RabbitMQ `rabbit_exchange_type_headers`: throws the 406 for an `x-match` that is none of its four. */
export function assertHeadersBinding(table: FieldTable): void {
  const match = table.get('x-match');
  if (match === undefined) return;
  if (match.type !== 'longstr') {
    const value = match.type === 'void' ? 'undefined' : fieldText(match);
    throw new AmqpError(
      406,
      `Invalid x-match field type ${match.type} (value ${value}); expected longstr`,
    );
  }
  if (!matchWords.includes(match.value.toString('utf8'))) {
    throw new AmqpError(
      406,
      `Invalid x-match field value ${erlangBinary(match.value)}; expected all, any, all-with-x, or any-with-x`,
    );
  }
}

/** Compares headers by value; `void` in the binding asks only that the key is there. */
export function headersMatch(
  binding: FieldTable,
  headers: FieldTable,
  numbers: Dialect['comparesHeaderNumbers'] = 'by value',
): boolean {
  const same = numbers === 'by value' ? sameValue : sameHeader;
  const match = binding.get('x-match');
  const word = match === undefined ? 'all' : fieldText(match);
  const withX = word.endsWith('-with-x');
  const wanted = [...binding].filter(
    ([key]) => key !== 'x-match' && (withX || !key.startsWith('x-')),
  );
  const fits = ([key, value]: [string, FieldValue]): boolean => {
    const header = headers.get(key);
    if (header === undefined) return false;
    return value.type === 'void' || same(value, header);
  };
  return word.startsWith('any') ? wanted.some(fits) : wanted.every(fits);
}
