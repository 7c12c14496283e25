/**
 * What one release line of RabbitMQ says and does and another does not: the embedded broker is like
 * either, and this is the one place that tells them apart. Only what the differential suite has seen
 * on a node is in here: 3.10.8 (Debian 12) and 4.0.5 (Debian 13).
 */

export const dialectNames = ['rabbitmq-3.10', 'rabbitmq-4'] as const;
export type DialectName = (typeof dialectNames)[number];

export interface Dialect {
  readonly name: DialectName;
  readonly title: string;
  /** What connection.start offers. */
  readonly loginMechanisms: string;
  /** Who logs in without a name; undefined where nobody may. */
  readonly anonymousUser: { readonly user: string; readonly password: string } | undefined;
  /** The octets behind `AMQP` that are taken for AMQP 0-9-1. */
  readonly protocolVersions: readonly string[];
  /** The octets behind `AMQP` that answer what is no AMQP 0. */
  readonly offeredVersion: string;
  /** Of a body, unless something else is configured. */
  readonly maxMessageBytes: number;
  /** A refused access says which one: `write access to …`. */
  readonly namesRefusedAccess: boolean;
  /** 503 ends the connection, 406 the channel. */
  readonly unknownExchangeTypeCode: 503 | 406;
  /** Delivery modes besides 1 and 2 are refused. */
  readonly refusesUnknownDeliveryModes: boolean;
  /** A classic queue may have `x-queue-leader-locator`. */
  readonly classicHasLeaderLocator: boolean;
  /** By value: 1 and 1.0 are the same. By kind: they are not, and a timestamp of the message counts in ms. */
  readonly comparesHeaderNumbers: 'by value' | 'by kind';
  /** `x-death` goes on from what the publisher put there. */
  readonly trustsPublishedDeaths: boolean;
  readonly writesLastDeath: boolean;
  /** The header CC stays when a queue gives its dead letters a routing key of its own. */
  readonly keepsCarbonCopies: boolean;
}

const accepted091 = ['\0\0\x09\x01', '\x01\x01\0\x09'] as const;

export const dialects: { readonly [name in DialectName]: Dialect } = {
  'rabbitmq-3.10': {
    name: 'rabbitmq-3.10',
    title: 'RabbitMQ 3.10',
    loginMechanisms: 'PLAIN AMQPLAIN',
    anonymousUser: undefined,
    protocolVersions: [...accepted091, '\x01\x01\x09\x01', '\x01\x01\x08\0'],
    offeredVersion: '\0\0\x09\x01',
    maxMessageBytes: 128 * 1024 * 1024,
    namesRefusedAccess: false,
    unknownExchangeTypeCode: 503,
    refusesUnknownDeliveryModes: true,
    classicHasLeaderLocator: false,
    comparesHeaderNumbers: 'by value',
    trustsPublishedDeaths: true,
    writesLastDeath: false,
    keepsCarbonCopies: false,
  },
  'rabbitmq-4': {
    name: 'rabbitmq-4',
    title: 'RabbitMQ 4',
    loginMechanisms: 'ANONYMOUS AMQPLAIN PLAIN',
    anonymousUser: { user: 'guest', password: 'guest' },
    protocolVersions: accepted091,
    offeredVersion: '\x03\x01\0\0',
    maxMessageBytes: 16 * 1024 * 1024,
    namesRefusedAccess: true,
    unknownExchangeTypeCode: 406,
    refusesUnknownDeliveryModes: false,
    classicHasLeaderLocator: true,
    comparesHeaderNumbers: 'by kind',
    trustsPublishedDeaths: false,
    writesLastDeath: true,
    keepsCarbonCopies: true,
  },
};

export const defaultDialect: DialectName = 'rabbitmq-3.10';

export function isDialectName(name: string): name is DialectName {
  return (dialectNames as readonly string[]).includes(name);
}

/** The dialect that a node of that version speaks, such as `4.0.5`. */
export function dialectOfVersion(version: string): DialectName {
  return Number.parseInt(version, 10) >= 4 ? 'rabbitmq-4' : 'rabbitmq-3.10';
}

/** What changes with the dialect, in words for the person who chooses. */
export interface DialectChange {
  readonly id: string;
  readonly title: string;
  readonly says: { readonly [name in DialectName]: string };
}

export const dialectChanges = [
  {
    id: 'message-size',
    title: 'Largest message',
    says: { 'rabbitmq-3.10': '128 MiB, above it 406', 'rabbitmq-4': '16 MiB, above it 406' },
  },
  {
    id: 'refused-access',
    title: '403 on a queue or exchange',
    says: {
      'rabbitmq-3.10': "access to exchange 'e' … refused",
      'rabbitmq-4': "write access to exchange 'e' … refused (or configure, read)",
    },
  },
  {
    id: 'unknown-exchange-type',
    title: 'Declaring an exchange of an unknown type',
    says: {
      'rabbitmq-3.10': 'closes the connection with 503',
      'rabbitmq-4': 'closes the channel with 406',
    },
  },
  {
    id: 'delivery-modes',
    title: 'A delivery mode besides 1 and 2',
    says: { 'rabbitmq-3.10': 'closes the channel with 406', 'rabbitmq-4': 'is taken' },
  },
  {
    id: 'header-numbers',
    title: 'Numbers in a headers exchange',
    says: {
      'rabbitmq-3.10': 'are compared by value: 1 and 1.0 match',
      'rabbitmq-4':
        'are compared by kind: 1 and 1.0 do not match, and a timestamp in a message counts in milliseconds',
    },
  },
  {
    id: 'last-death',
    title: 'Headers of a dead letter',
    says: {
      'rabbitmq-3.10': 'x-death and x-first-death-*',
      'rabbitmq-4': 'x-death, x-first-death-* and x-last-death-*',
    },
  },
  {
    id: 'published-deaths',
    title: 'x-death of a message that is published again',
    says: {
      'rabbitmq-3.10': 'is counted on',
      'rabbitmq-4': 'is ignored: counts begin at 1 again',
    },
  },
  {
    id: 'carbon-copies',
    title: 'The header CC of a dead letter with a routing key of its queue',
    says: { 'rabbitmq-3.10': 'is taken out', 'rabbitmq-4': 'stays, and routes nothing' },
  },
  {
    id: 'leader-locator',
    title: 'x-queue-leader-locator on a classic queue',
    says: { 'rabbitmq-3.10': 'is refused with 406', 'rabbitmq-4': 'is taken' },
  },
  {
    id: 'anonymous-login',
    title: 'A login without a name (ANONYMOUS)',
    says: { 'rabbitmq-3.10': 'is not offered', 'rabbitmq-4': 'is one as guest' },
  },
  {
    id: 'protocol-header',
    title: 'A client of another protocol',
    says: {
      'rabbitmq-3.10': 'is told AMQP 0-9-1',
      'rabbitmq-4': 'is told AMQP 1.0; the headers of AMQP 0-8 and 1-1-9-1 are such, too',
    },
  },
] as const satisfies readonly DialectChange[];

export type DialectChangeId = (typeof dialectChanges)[number]['id'];
