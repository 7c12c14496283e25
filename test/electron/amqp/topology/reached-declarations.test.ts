import { describe, expect, it } from 'vitest';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import {
  declarationsOf,
  declaredBeyond,
  definitionsOf,
} from '../../../../electron/amqp/topology/declarations.ts';
import type { Declarations } from '../../../../electron/amqp/topology/declarations.ts';
import { reachedDeclarations } from '../../../../electron/amqp/topology/reached-declarations.ts';

const declared: Declarations = {
  exchanges: [
    { name: 'events', type: 'topic', arguments: { 'alternate-exchange': 'rest' } },
    { name: 'rest', type: 'fanout' },
    { name: 'dead', type: 'direct', durable: false },
    { name: 'elsewhere', type: 'direct' },
  ],
  queues: [
    { name: 'mail', arguments: { 'x-dead-letter-exchange': 'dead', 'x-message-ttl': 100 } },
    { name: 'late' },
    { name: 'leftover', auto_delete: true },
    { name: 'unrelated' },
  ],
  bindings: [
    { source: 'events', destination: 'mail', routing_key: 'mail.#' },
    { source: 'events', destination: 'unrelated', routing_key: 'web.#' },
    { source: 'rest', destination: 'leftover' },
    { source: 'dead', destination: 'late', routing_key: 'mail.eu' },
  ],
};

function names(exchange: string, routingKey: string): readonly string[] {
  const reached = reachedDeclarations(declared, { exchange, routingKey, headers: {} });
  return [
    ...reached.exchanges.map(({ name }) => name),
    ...reached.queues.map(({ name }) => name),
    ...reached.bindings.map(({ source, destination }) => `${source}>${destination}`),
  ];
}

describe('what a publish depends on', () => {
  it('are its exchange, what matches, and where dead letters go', () => {
    expect(names('events', 'mail.eu')).toEqual([
      'events',
      'dead',
      'mail',
      'late',
      'events>mail',
      'dead>late',
    ]);
  });

  it('is the alternate exchange, where nothing matches', () => {
    expect(names('events', 'sms')).toEqual(['events', 'rest', 'leftover', 'rest>leftover']);
  });

  it('is the queue by its name, and an exchange to which nothing is bound', () => {
    expect(names('', 'unrelated')).toEqual(['unrelated']);
    expect(names('elsewhere', 'x')).toEqual(['elsewhere']);
  });

  it('is nothing of a name that is not there', () => {
    expect(names('', 'mial')).toEqual([]);
    expect(names('evnets', 'mail.eu')).toEqual([]);
  });
});

describe('declarations', () => {
  it('are told of a broker as they were made, without what every broker has', async () => {
    const broker = new EmbeddedBroker();
    broker.loadDefinitions(definitionsOf(declared));
    expect(declarationsOf(broker.topology())).toEqual(declared);
    broker.declareQueue('new');
    const beyond = declaredBeyond(declarationsOf(broker.topology()), declared);
    expect(beyond).toEqual({ exchanges: [], queues: [{ name: 'new' }], bindings: [] });
    await broker.close();
  });
});
