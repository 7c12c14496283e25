import { expect, it } from 'vitest';
import { noDeclarations } from '../../../electron/amqp/topology/declarations.ts';
import { DeclarationLog } from '../../../electron/host/declaration-log.ts';

const queues = (...names: string[]) => ({
  ...noDeclarations,
  queues: names.map((name) => ({ name })),
});

it('tells what was declared at a time, also of what has gone and come again', () => {
  const log = new DeclarationLog();
  log.note(queues('a'), 10);
  log.note(queues('a', 'b'), 20);
  log.note(queues('b'), 30);
  log.note(queues('b', 'a'), 40);

  const at = (time: number) => log.at(time).queues.map(({ name }) => name);
  expect([9, 10, 25, 30, 40, Infinity].map(at)).toEqual([
    [],
    ['a'],
    ['a', 'b'],
    ['b'],
    ['b', 'a'],
    ['b', 'a'],
  ]);
});

it('tells one queue from another of the same name', () => {
  const log = new DeclarationLog();
  const short = { ...noDeclarations, queues: [{ name: 'a', arguments: { 'x-max-length': 1 } }] };
  log.note(queues('a'), 10);
  log.note(short, 20);
  expect(log.at(15)).toEqual(queues('a'));
  expect(log.at(20)).toEqual(short);
});
