/**
 * Where the embedded broker is not the RabbitMQ of its dialect as a client sees it. Everything else is
 * meant to be the same, and the tests hold both brokers to it, this list included: a difference that
 * is gone must leave it. That nothing outlives the process is no entry, since no client can tell.
 */
import type { DialectName } from './dialects.ts';

export interface Difference {
  readonly id: string;
  readonly rabbitmq: string;
  readonly here: string;
  readonly why: string;
  /** The one dialect that it is about; left out: every one. */
  readonly only?: DialectName;
}

export const differences = [
  {
    id: 'server-properties',
    rabbitmq: 'Names itself RabbitMQ, with its version, its platform and a cluster name.',
    here: 'Names itself Kumo Policy Workbench.',
    why: 'A client that asks should learn what it talks to.',
  },
  {
    id: 'quorum-queues',
    rabbitmq: 'Has quorum queues, which count deliveries in the header x-delivery-count.',
    here: 'Takes x-queue-type quorum, and the queue behaves like a classic one.',
    why: 'Policies publish; what replicates a queue does not show to a publisher.',
  },
  {
    id: 'streams',
    rabbitmq: 'Has streams (x-queue-type stream).',
    here: 'Refuses their declaration with 406.',
    why: 'A stream that forgets what was read would pretend to be one.',
  },
  {
    id: 'policies',
    rabbitmq: 'Applies policies and operator policies that rabbitmqctl or the definitions set.',
    here: 'Names them as an ignored section of the definitions.',
    why: 'The same limits can be had as arguments of the queue.',
  },
  {
    id: 'topic-permissions',
    rabbitmq: 'May restrict routing keys of a topic exchange by user.',
    here: 'Knows permissions on exchanges and queues only.',
    why: 'They are hardly ever set, and what they refuse can be had as a fault.',
  },
  {
    id: 'blocked-channels',
    rabbitmq: 'Reads nothing more from a connection that publishes during a memory alarm.',
    here: 'Holds up the channels that publish; others and the close of the connection go on.',
    why: 'A blocked publisher can be examined and closed, which is what the fault is for.',
  },
  {
    id: 'unknown-mechanism',
    rabbitmq: 'Hangs up a few seconds later, without a word, on an unknown login mechanism.',
    here: 'Answers 403 as for a wrong password.',
    why: 'The person learns what is wrong.',
  },
  {
    id: 'before-the-login',
    rabbitmq:
      'Hangs up a few seconds later, without a word, on frames out of turn before the login.',
    here: 'Answers with connection.close and the code that fits.',
    why: 'The person learns what is wrong.',
  },
  {
    id: 'malformed-methods',
    rabbitmq:
      'Ends the connection with an internal error, or without a word, on arguments cut short.',
    here: 'Answers 501 and says what could not be read.',
    why: 'It is what AMQP asks for.',
  },
  {
    id: 'overlong-body',
    rabbitmq: 'Waits for ever when a body is longer than its header announced.',
    here: 'Answers 505 at once.',
    why: 'It is what AMQP asks for.',
  },
  {
    id: 'binary-names',
    rabbitmq: 'Takes routing keys that are not UTF-8.',
    here: 'Answers 501.',
    why: 'Short strings are UTF-8, and a key that cannot be shown cannot be looked for.',
  },
  {
    id: 'amqp-1.0',
    only: 'rabbitmq-4',
    rabbitmq: 'Speaks AMQP 1.0 too, on the same port.',
    here: 'Answers a client of AMQP 1.0 with the protocol header of AMQP 0-9-1, and hangs up.',
    why: 'KumoMTA speaks 0-9-1.',
  },
  {
    id: 'local-random-exchange',
    only: 'rabbitmq-4',
    rabbitmq: 'Has exchanges of the type x-local-random.',
    here: 'Refuses them with 406, as every exchange type that it does not know.',
    why: 'They choose among the queues of a cluster node, and there is no cluster.',
  },
] as const satisfies readonly Difference[];

export type DifferenceId = (typeof differences)[number]['id'];
