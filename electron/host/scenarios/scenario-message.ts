/** What a scenario delivers: as the Simulate form writes it, and as messages. */
import { MOST_MESSAGES } from '../../bridge/runs.ts';
import type { MessageForm } from '../../bridge/runs.ts';
import { formatQueueName } from '../../../lua-runtime/kumod/queue-name.ts';
import { messageSourceOf } from '../message-form.ts';
import type { MessageSource } from '../message-form.ts';
import type { Scenario } from './scenario-schema.ts';

export type ScenarioDelivery = NonNullable<Scenario['deliver']>;
type ScenarioMessage = NonNullable<ScenarioDelivery['message']>;
type ScenarioQueue = ScenarioDelivery['queue'];

export const DEFAULT_SENDER = 'sender@example.com';
const LINE_END = '\r\n';

/** As kumod writes it. */
export function queueNameOf(queue: ScenarioQueue): string {
  return typeof queue === 'string' ? queue : formatQueueName(queue);
}

/** How often or how long, over how many sessions. With `seconds`, `count` is the most. */
export function amountOf(delivery: ScenarioDelivery | undefined): {
  readonly count: number;
  readonly seconds?: number;
  readonly sessions: number;
} {
  const { seconds, sessions = 1 } = delivery ?? {};
  const { count = seconds === undefined ? 1 : MOST_MESSAGES } = delivery ?? {};
  return { count, ...(seconds === undefined ? {} : { seconds }), sessions };
}

/** `data`: the bytes of the message's file, where the scenario names one. */
export function messageSourceOfScenario(
  delivery: ScenarioDelivery,
  data: Uint8Array | undefined,
): MessageSource {
  const source = messageSourceOf(formOfDelivery(delivery, ''));
  return data === undefined ? source : { ...source, data };
}

/** `text`: that of the message's file, where the scenario names one. */
export function formOfDelivery(delivery: ScenarioDelivery, text: string): MessageForm {
  const { queue, sender = DEFAULT_SENDER, recipient = '', meta = {}, message = {} } = delivery;
  const { id, num_attempts: numAttempts } = delivery;
  return {
    queue: queueNameOf(queue),
    sender,
    recipient,
    meta,
    headers: (message.headers ?? []).join(LINE_END),
    body: message.file === undefined ? bodyOf(message) : text,
    ...(id === undefined ? {} : { id }),
    ...(numAttempts === undefined ? {} : { numAttempts }),
  };
}

/** The form in a scenario's words: what is the default is left out. */
export function deliveryOfForm(form: MessageForm): ScenarioDelivery {
  const headers = form.headers.split(/\r\n|\r|\n/).filter((line) => line !== '');
  const message: ScenarioMessage = {
    ...(headers.length === 0 ? {} : { headers }),
    ...messageBody(form.body),
  };
  const { sender, recipient, meta, id = '', numAttempts = 0 } = form;
  return {
    queue: form.queue,
    ...(sender === DEFAULT_SENDER ? {} : { sender }),
    ...(recipient === '' ? {} : { recipient }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
    ...(Object.keys(message).length === 0 ? {} : { message }),
    ...(id === '' ? {} : { id }),
    ...(numAttempts === 0 ? {} : { num_attempts: numAttempts }),
  };
}

function bodyOf({ body, json }: ScenarioMessage): string {
  if (json !== undefined) return `${JSON.stringify(json)}\n`;
  if (body === undefined) return '';
  return typeof body === 'string' ? body : body.map((line) => line + LINE_END).join('');
}

/** In the form that is read best and means exactly this body. */
function messageBody(body: string): Pick<ScenarioMessage, 'body' | 'json'> {
  if (body === '') return {};
  const json = jsonObject(body);
  if (json !== undefined) return { json };
  const lines = body.split(LINE_END);
  const isLines =
    lines.length > 1 && lines.at(-1) === '' && !lines.some((line) => /[\r\n]/.test(line));
  return { body: isLines ? lines.slice(0, -1) : body };
}

function jsonObject(body: string): ScenarioMessage['json'] {
  try {
    const value = JSON.parse(body) as NonNullable<ScenarioMessage['json']>;
    const isSame = typeof value === 'object' && bodyOf({ json: value }) === body;
    return isSame ? value : undefined;
  } catch {
    return undefined;
  }
}
