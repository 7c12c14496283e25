/**
 * The optional arguments of a queue: checked at declaration, with RabbitMQ's error texts
 * (`rabbit_amqqueue:check_declare_arguments/2`).
 */
import type { Dialect } from '../dialects.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { FieldTable, FieldValue } from '../wire/field-table.ts';
import { durationProblem } from './durations.ts';

export type Overflow = 'drop-head' | 'reject-publish' | 'reject-publish-dlx';

export interface QueueSettings {
  /** Ready messages. */
  readonly maxLength: number;
  /** Bytes of the bodies of ready messages. */
  readonly maxLengthBytes: number;
  readonly overflow: Overflow;
  readonly messageTtlMilliseconds: number | undefined;
  /** Unused for so long, the queue goes. */
  readonly expiresMilliseconds: number | undefined;
  readonly deadLetterExchange: string | undefined;
  readonly deadLetterRoutingKey: string | undefined;
  /** 0: none are told apart. */
  readonly maxPriority: number;
  readonly singleActiveConsumer: boolean;
}

/** Why an argument cannot be, as RabbitMQ prints the reason; undefined when it can. */
type Check = (field: FieldValue, table: FieldTable) => string | undefined;

const highestPriority = 255;

/** In the order RabbitMQ checks them, which decides between two that are wrong. */
const checks: readonly (readonly [name: string, check: Check])[] = [
  ['x-expires', (field) => checkInteger(field, expiresProblem)],
  ['x-message-ttl', (field) => checkInteger(field, durationProblem)],
  ['x-dead-letter-exchange', checkText],
  ['x-dead-letter-routing-key', checkDeadLetterKey],
  ['x-dead-letter-strategy', (field) => checkWord(field, strategies, 'invalid_dlx_strategy')],
  ['x-max-length', (field) => checkInteger(field, negativeProblem)],
  ['x-max-length-bytes', (field) => checkInteger(field, negativeProblem)],
  ['x-max-in-memory-length', (field) => checkInteger(field, negativeProblem)],
  ['x-max-in-memory-bytes', (field) => checkInteger(field, negativeProblem)],
  ['x-max-priority', (field) => checkInteger(field, priorityProblem)],
  ['x-overflow', (field) => checkWord(field, overflows, 'invalid_overflow')],
  ['x-queue-mode', (field) => checkWord(field, ['default', 'lazy'], unsupported(field, 'mode'))],
  ['x-queue-version', (field) => checkInteger(field, versionProblem)],
  ['x-single-active-consumer', checkBoolean],
  ['x-quorum-initial-group-size', (field) => checkInteger(field, positiveProblem)],
];

const overflows: readonly string[] = ['drop-head', 'reject-publish', 'reject-publish-dlx'];
const strategies: readonly string[] = ['at-most-once', 'at-least-once'];

const common = [
  'x-expires',
  'x-message-ttl',
  'x-dead-letter-exchange',
  'x-dead-letter-routing-key',
  'x-max-length',
  'x-max-length-bytes',
] as const;

/** RabbitMQ's `capabilities/0` of each queue type: what it knows, and a redeclaration must repeat. */
const argumentsOf = {
  classic: [
    ...common,
    'x-max-priority',
    'x-overflow',
    'x-queue-mode',
    'x-queue-version',
    'x-single-active-consumer',
    'x-queue-type',
    'x-queue-master-locator',
  ],
  quorum: [
    ...common,
    'x-dead-letter-strategy',
    'x-max-in-memory-length',
    'x-max-in-memory-bytes',
    'x-overflow',
    'x-single-active-consumer',
    'x-queue-type',
    'x-quorum-initial-group-size',
    'x-delivery-limit',
    'x-queue-leader-locator',
  ],
  stream: [
    'x-max-length-bytes',
    'x-queue-type',
    'x-max-age',
    'x-stream-max-segment-size-bytes',
    'x-initial-cluster-size',
    'x-queue-leader-locator',
  ],
} as const;

type QueueType = 'classic' | 'quorum';

/** Those that change nothing here, or only where the messages are kept. */
const ignored: ReadonlySet<string> = new Set([
  'x-dead-letter-strategy',
  'x-max-in-memory-length',
  'x-max-in-memory-bytes',
  'x-queue-mode',
  'x-queue-version',
  'x-queue-master-locator',
  'x-quorum-initial-group-size',
  'x-delivery-limit',
  'x-queue-leader-locator',
]);

/** Arguments RabbitMQ would act on and this broker does not: told in the topology, never hidden. */
export function ignoredArguments(table: FieldTable): string[] {
  return [...table.keys()].filter((name) => ignored.has(name));
}

/** Those that a redeclaration must repeat. */
export function equivalentArguments(table: FieldTable, dialect: Dialect): readonly string[] {
  return knownArguments(textOf(table, 'x-queue-type') === 'quorum' ? 'quorum' : 'classic', dialect);
}

function knownArguments(type: QueueType, { classicHasLeaderLocator }: Dialect): readonly string[] {
  const known = argumentsOf[type];
  return type === 'classic' && classicHasLeaderLocator
    ? [...known, 'x-queue-leader-locator']
    : known;
}

/** What is declared beside the arguments. */
export interface QueueFlags {
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
}

/** Throws the 406 RabbitMQ answers to an argument that cannot be. `of` names the queue for it. */
export function parseQueueSettings(
  table: FieldTable,
  of: string,
  flags: QueueFlags,
  dialect: Dialect,
): QueueSettings {
  const type = queueType(table, of);
  if (type === 'quorum') assertQuorumFlags(flags, of);
  const known = knownArguments(type, dialect);
  for (const [name, check] of checks) {
    const field = known.includes(name) ? table.get(name) : undefined;
    const problem = field && check(field, table);
    if (problem !== undefined) {
      throw new AmqpError(406, `invalid arg '${name}' for ${of}: ${problem}`);
    }
  }
  const ofOthers: ReadonlySet<string> = new Set(Object.values(argumentsOf).flat());
  for (const name of table.keys()) {
    if (ofOthers.has(name) && !known.includes(name)) {
      throw new AmqpError(
        406,
        `invalid arg '${name}' for ${of} of queue type rabbit_${type}_queue`,
      );
    }
  }
  return {
    maxLength: numberOf(table, 'x-max-length') ?? Infinity,
    maxLengthBytes: numberOf(table, 'x-max-length-bytes') ?? Infinity,
    overflow: (textOf(table, 'x-overflow') ?? 'drop-head') as Overflow,
    messageTtlMilliseconds: numberOf(table, 'x-message-ttl'),
    expiresMilliseconds: numberOf(table, 'x-expires'),
    deadLetterExchange: textOf(table, 'x-dead-letter-exchange'),
    deadLetterRoutingKey: textOf(table, 'x-dead-letter-routing-key'),
    maxPriority: numberOf(table, 'x-max-priority') ?? 0,
    singleActiveConsumer: table.get('x-single-active-consumer')?.value === true,
  };
}

/** Throws the 406 for the first property that a quorum queue cannot have (`rabbit_queue_type:check/3`). */
function assertQuorumFlags({ durable, exclusive, autoDelete }: QueueFlags, of: string): void {
  const problem = autoDelete
    ? 'auto-delete'
    : exclusive
      ? 'exclusive-owner'
      : durable
        ? undefined
        : 'non-durable';
  if (problem !== undefined) throw new AmqpError(406, `invalid property '${problem}' for ${of}`);
}

function queueType(table: FieldTable, of: string): QueueType {
  const field = table.get('x-queue-type');
  if (field === undefined) return 'classic';
  const type = textOf(table, 'x-queue-type');
  if (type === 'classic' || type === 'quorum') return type;
  const problem =
    field.type === 'longstr' ? unsupported(field, 'type') : `{unacceptable_type,${field.type}}`;
  throw new AmqpError(406, `invalid arg 'x-queue-type' for ${of}: ${problem}`);
}

/** RabbitMQ `check_int_arg/2`: throws nothing; says what an integer is not. */
export function checkInteger(
  field: FieldValue,
  problem: (value: bigint) => string | undefined = () => undefined,
): string | undefined {
  const value = integerOf(field);
  return value === undefined
    ? JSON.stringify(`expected integer, got ${field.type}`)
    : problem(value);
}

/** Undefined for what is no integer; a timestamp is none. */
export function integerOf(field: FieldValue): bigint | undefined {
  switch (field.type) {
    case 'byte':
    case 'unsignedbyte':
    case 'short':
    case 'unsignedshort':
    case 'signedint':
    case 'unsignedint':
      return BigInt(field.value);
    case 'long':
      return field.value;
    default:
      return undefined;
  }
}

function negativeProblem(value: bigint): string | undefined {
  return value < 0 ? `{value_negative,${value}}` : undefined;
}

function positiveProblem(value: bigint): string | undefined {
  return value === 0n ? '{value_zero,0}' : negativeProblem(value);
}

function expiresProblem(value: bigint): string | undefined {
  return value === 0n ? '{value_zero,0}' : durationProblem(value);
}

function priorityProblem(value: bigint): string | undefined {
  return value > highestPriority ? `{max_value_exceeded,${value}}` : negativeProblem(value);
}

function versionProblem(value: bigint): string | undefined {
  if (value === 1n || value === 2n) return undefined;
  return negativeProblem(value) ?? JSON.stringify(`unsupported queue version '${value}'`);
}

function checkText(field: FieldValue): string | undefined {
  return field.type === 'longstr' ? undefined : `{unacceptable_type,${field.type}}`;
}

function checkDeadLetterKey(field: FieldValue, table: FieldTable): string | undefined {
  return (
    checkText(field) ??
    (table.has('x-dead-letter-exchange') ? undefined : 'routing_key_but_no_dlx_defined')
  );
}

function checkWord(
  field: FieldValue,
  words: readonly string[],
  problem: string,
): string | undefined {
  if (field.type !== 'longstr') return checkText(field);
  return words.includes(field.value.toString('utf8')) ? undefined : problem;
}

function checkBoolean(field: FieldValue): string | undefined {
  return field.type === 'bool' ? undefined : `{unacceptable_type,${field.type}}`;
}

function unsupported(field: FieldValue, what: string): string {
  const value = field.type === 'longstr' ? field.value.toString('utf8') : '';
  return JSON.stringify(`unsupported queue ${what} '${value}'`);
}

function textOf(table: FieldTable, name: string): string | undefined {
  const field = table.get(name);
  return field?.type === 'longstr' ? field.value.toString('utf8') : undefined;
}

function numberOf(table: FieldTable, name: string): number | undefined {
  const field = table.get(name);
  const value = field && integerOf(field);
  return value === undefined ? undefined : Number(value);
}
