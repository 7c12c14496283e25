/** What a person has in front of them as a scenario: the form, or a delivery of the history. */
import {
  expectationsOfDelivery,
  expectationsOfResolution,
  expectationsOfRun,
} from '../../../lua-runtime/expectations/expectations-of.ts';
import type { Expectations } from '../../../lua-runtime/expectations/expectation-contract.ts';
import { notDeliverableReason } from '../../../lua-runtime/kumod/ready-queue.ts';
import type {
  Entry,
  JsonValue,
  MessageEntry,
  QueueResolution,
  RunEntry,
} from '../../../lua-runtime/recording/entries.ts';
import { createMessageId } from '../../../lua-runtime/kumod/message-id.ts';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import { defaultDialect, isDialectName } from '../../amqp/embedded/dialects.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { MOST_MESSAGES } from '../../bridge/runs.ts';
import type { MessageForm } from '../../bridge/runs.ts';
import { AS_WRITTEN, DEFAULT_CONFIRMS, EMBEDDED } from '../broker-profiles.ts';
import type { ConfirmPolicy, StoredProfile } from '../broker-profiles.ts';
import { createMessageFactory } from '../message-form.ts';
import type { ScenarioDeclare } from './scenario-declarations.ts';
import { deliveryOfForm } from './scenario-message.ts';
import type { Scenario } from './scenario-schema.ts';

export type ScenarioBroker = NonNullable<Scenario['broker']>;

export interface FormToSave {
  readonly form: MessageForm;
  /** With `seconds`, the most. */
  readonly count: number;
  readonly seconds?: number | undefined;
  readonly sessions: number;
}

/** Throws `refused` for a form whose queue goes nowhere. */
export function scenarioOfForm(
  name: string,
  { form, ...amount }: FormToSave,
  resolution: QueueResolution,
  broker: ScenarioBroker,
): Scenario {
  const expect = expectationsOfResolution(resolution);
  if (resolution.error || Object.keys(expect).length === 0) {
    throw new BridgeError(
      'refused',
      'The policy does not resolve this queue, so there is nothing to expect; correct that first.',
    );
  }
  if (notDeliverableReason(resolution) !== undefined) {
    return { name, resolve: { queue: form.queue }, expect: plain(expect) };
  }
  return {
    name,
    deliver: {
      ...deliveryOfForm(form),
      ...amountKeys(amount),
    },
    ...brokerKey(broker),
    expect: plain(expect),
  };
}

/**
 * @param entries of the delivery, with what it shares with others of its run.
 * @param context `engine` that scenarios run on by default, and the broker that it was delivered to.
 */
export function scenarioOfDelivery(
  name: string,
  entries: readonly Entry[],
  { engine, broker }: { readonly engine: Scenario['engine']; readonly broker: ScenarioBroker },
): Scenario {
  const [message] = entriesOfKind(entries, 'message');
  const [run] = entriesOfKind(entries, 'run');
  if (!message || !run) {
    throw new BridgeError('failed', 'This recording does not tell its message; deliver it again.');
  }
  return {
    name,
    ...(run.engine === engine ? {} : { engine: run.engine }),
    deliver: deliveryOfForm(formOfMessage(message, run.seed)),
    ...brokerKey(broker),
    expect: plain(expectationsOfDelivery(entries)),
  };
}

/**
 * The whole run of which a delivery is one. Throws `refused` for a run that has not ended by itself: what
 * it counts says nothing of the next.
 */
export function scenarioOfRun(
  name: string,
  entries: readonly Entry[],
  context: Parameters<typeof scenarioOfDelivery>[2],
): Scenario {
  const { deliver, expect: _, ...scenario } = scenarioOfDelivery(name, entries, context);
  const [run] = entriesOfKind(entries, 'run');
  const [summary] = entriesOfKind(entries, 'summary');
  const [end] = entriesOfKind(entries, 'end');
  if (!run?.load || !deliver) {
    throw new BridgeError('refused', 'This run delivered one message; save that.');
  }
  if (!summary || !end || end.cancelled === true || summary.not_tried > 0) {
    const is = end ? 'did not deliver all of its messages' : 'is still going on';
    throw new BridgeError('refused', `The run ${is}; save this message alone.`);
  }
  const { messages: count, seconds, sessions } = run.load;
  return {
    ...scenario,
    deliver: { ...deliver, ...amountKeys({ count, seconds, sessions }) },
    expect: plain(expectationsOfRun(entries, summary, { isTimed: seconds !== undefined })),
  };
}

function amountKeys({ count, seconds, sessions }: Omit<FormToSave, 'form'>) {
  const usual = seconds === undefined ? 1 : MOST_MESSAGES;
  return {
    ...(count === usual ? {} : { count }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(sessions === 1 ? {} : { sessions }),
  };
}

/** What a scenario says of the broker that a recorded run of the form went to. */
export function scenarioBrokerOfRun(
  { broker: { profile, dialect }, fault, confirms }: RunEntry,
  {
    declare,
    confirmTimeoutMs,
  }: Pick<BrokerNow, 'declare'> & Pick<ConfirmPolicy, 'confirmTimeoutMs'>,
): ScenarioBroker {
  return {
    ...(profile === EMBEDDED
      ? embeddedKeys({ fault, dialect: dialect ?? defaultDialect, declare })
      : { profile }),
    ...confirmKeys({ confirms, confirmTimeoutMs }),
  };
}

/** What a scenario says of the embedded broker. */
export interface BrokerNow {
  readonly fault: string | undefined;
  readonly dialect: string;
  readonly declare?: ScenarioDeclare | undefined;
}

/** What a scenario says of the broker that deliveries go to now. */
export function scenarioBrokerOf(profile: StoredProfile, embedded: BrokerNow): ScenarioBroker {
  const own = profile.kind === 'broker' ? profile.name : AS_WRITTEN;
  return {
    ...(profile.kind === 'embedded' ? embeddedKeys(embedded) : { profile: own }),
    ...confirmKeys(profile),
  };
}

function embeddedKeys({ declare, fault, dialect }: BrokerNow): ScenarioBroker {
  return {
    ...(declare === undefined ? {} : { declare }),
    ...(fault === undefined ? {} : { fault }),
    ...(dialect === defaultDialect || !isDialectName(dialect) ? {} : { dialect }),
  };
}

function confirmKeys({ confirms, confirmTimeoutMs }: ConfirmPolicy): ScenarioBroker {
  return {
    ...(confirms === DEFAULT_CONFIRMS.confirms ? {} : { confirms }),
    ...(confirmTimeoutMs === DEFAULT_CONFIRMS.confirmTimeoutMs
      ? {}
      : { confirm_timeout_ms: confirmTimeoutMs }),
  };
}

function brokerKey(broker: ScenarioBroker): Pick<Scenario, 'broker'> {
  return Object.keys(broker).length === 0 ? {} : { broker };
}

/**
 * The form that makes this message: with its id only when a person gave it.
 *
 * @param seed of its run, from which the ids of the other messages follow
 */
export function formOfMessage(message: MessageEntry, seed: number): MessageForm {
  const bytes = Uint8Array.from(message.data, (character) => character.charCodeAt(0));
  const text = new TextDecoder().decode(bytes);
  const [, headers = '', body = text] =
    /^((?:[!-9;-~]+:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)+)\r\n([^]*)$/.exec(text) ?? [];
  const { queue, sender, recipients } = message;
  const lines = headers.replace(/\r\n$/, '');
  const form = { queue, sender, recipient: recipients.join(', '), headers: lines, body };
  const { num_attempts: numAttempts, id, created, message: number = 0 } = message;
  const isGiven = id !== createMessageId(created, number, seed);
  return {
    ...form,
    ...(numAttempts > 0 ? { numAttempts } : {}),
    ...(isGiven ? { id } : {}),
    meta: jsonTable(ownMeta({ ...form, meta: {} }, message.meta)),
  };
}

/** Without what follows from the queue's name, which every message of such a form gets. */
function ownMeta(
  form: MessageForm,
  meta: MessageEntry['meta'],
): { readonly [name: string]: JsonValue } {
  const { queue, sender, recipient } = form;
  const source = { queue, sender, recipient, meta: {}, data: new Uint8Array() };
  const derived = createMessageFactory(source, 1)(1).meta;
  return Object.fromEntries(
    Object.entries(meta).filter(
      ([name, value]) => JSON.stringify(derived[name]) !== JSON.stringify(value),
    ),
  );
}

/** The schema's types have no readonly lists. */
function plain(expect: Expectations): Scenario['expect'] {
  return structuredClone(expect) as Scenario['expect'];
}

function jsonTable(meta: { readonly [name: string]: JsonValue }): MessageForm['meta'] {
  return structuredClone(meta) as MessageForm['meta'];
}
