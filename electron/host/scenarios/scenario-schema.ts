/**
 * The format of a scenario file. Every object is strict: a key that is not known is an error and never
 * silently without effect.
 */
import * as z from 'zod';
import { dialectNames } from '../../amqp/embedded/dialects.ts';
import { exchangeTypes } from '../../amqp/embedded/engine/exchange.ts';
import { parseFault } from '../../amqp/embedded/faults.ts';
import { MOST_MESSAGES, MOST_SECONDS } from '../../bridge/runs.ts';
import { checkMessageId } from '../message-form.ts';
import { parseAmqpUri } from '../../amqp/client/amqp-uri.ts';
import { MOST_ATTEMPTS } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { TextExpectation } from '../../../lua-runtime/expectations/expectation-contract.ts';
import { expressionOf } from '../../../lua-runtime/expectations/expected-text.ts';

export const SCENARIO_VERSION = 1;
/** A file of a folder is a scenario file when its name ends like this. */
export const SCENARIO_SUFFIX = '.scenarios.json';

const text = z.string().min(1, { error: 'must not be empty' });
const lines = z.union([z.string(), z.array(z.string())], {
  error: 'must be a text, or a list of lines',
});

const textForms = '"contains", "matches" (a regular expression) and "json"';
// One object and not three: what is wrong inside of it is told then, and not that none of three fits.
const textExpectation = z.union(
  [
    z.string(),
    z
      .strictObject({
        contains: text.optional(),
        matches: checked(expressionOf).optional(),
        json: z.json().optional(),
      })
      .refine((object) => Object.keys(object).length === 1, {
        error: `must have one of ${textForms}`,
      }),
  ],
  { error: `must be a text, or an object with one of ${textForms}` },
) as z.ZodType<TextExpectation>;

const whole = z.number().int({ error: 'must be a whole number' }).min(0);
const countExpectation = z.union(
  [
    whole,
    z
      .strictObject({ at_least: whole.optional(), at_most: whole.optional() })
      .refine((range) => range.at_least !== undefined || range.at_most !== undefined, {
        error: 'must have "at_least" or "at_most"',
      }),
  ],
  { error: 'must be a number, or an object with "at_least" and "at_most"' },
);

const place = z.string().regex(/^.+:\d+$/, { error: 'must be FILE:LINE, as in "init.lua:20"' });
const verdict = z.enum(['acked', 'nacked', 'unroutable', 'unconfirmed', 'failed']);
const recordType = z.enum(['Delivery', 'Bounce', 'TransientFailure', 'Expiration']);
const fields = z.record(z.string(), z.json());

export const expectationsSchema = z
  .strictObject({
    queue_config: z
      .strictObject({
        protocol: z.enum(['smtp', 'maildir', 'custom_lua', 'xfer', 'null']).optional(),
        constructor_event: z.string().optional(),
        egress_pool: z.string().nullable().optional(),
        egress_source: z.string().nullable().optional(),
        ready_queue: z.string().nullable().optional(),
        handler: place.nullable().optional(),
        fields: fields.optional(),
      })
      .optional(),
    record: z
      .strictObject({
        type: recordType.optional(),
        code: whole.optional(),
        content: textExpectation.optional(),
        next_attempt_seconds: countExpectation.optional(),
        fields: fields.optional(),
      })
      .optional(),
    verdicts: z
      .array(
        z.union(
          [
            verdict,
            z.strictObject({
              verdict,
              reply_code: whole.optional(),
              reply_text: textExpectation.optional(),
            }),
          ],
          {
            error: `must be one of ${verdict.options.join(', ')}, or an object with "verdict", "reply_code" and "reply_text"`,
          },
        ),
      )
      .optional(),
    publishes: z
      .array(
        z.strictObject({
          exchange: z.string().optional(),
          routing_key: z.string().optional(),
          mandatory: z.boolean().optional(),
          body: textExpectation.optional(),
          properties: fields.optional(),
        }),
      )
      .optional(),
    warnings: z
      .array(
        z.enum([
          'silent-loss',
          'possible-loss',
          'possible-duplicate',
          'unknown-event',
          'field-ignored',
          'cannot-wait',
          'refused',
        ]),
      )
      .optional(),
    prints: z.array(textExpectation).optional(),
    error: z.strictObject({ text: textExpectation.optional(), at: place.optional() }).optional(),
    returns: z.array(z.json()).optional(),
    counts: z
      .strictObject({
        messages: countExpectation.optional(),
        records: z.partialRecord(recordType, countExpectation).optional(),
        verdicts: z
          .partialRecord(z.enum([...verdict.options, 'none']), countExpectation)
          .optional(),
        silent_loss: countExpectation.optional(),
        possible_loss: countExpectation.optional(),
        possible_duplicate: countExpectation.optional(),
      })
      .optional(),
    problem: textExpectation.optional(),
  })
  .refine((expect) => Object.keys(expect).length > 0, {
    error: 'must expect something, or the scenario cannot fail',
  });

const queue = z.union(
  [
    text,
    z.strictObject({
      domain: text,
      tenant: text.optional(),
      campaign: text.optional(),
      routing_domain: text.optional(),
    }),
  ],
  {
    error:
      'must be a queue name, or an object with "domain" and maybe "tenant", "campaign" and "routing_domain"',
  },
);

const message = z
  .strictObject({
    /** The whole message, beside the scenario file. */
    file: text.optional(),
    headers: z.array(z.string()).optional(),
    /** Lines of a list end with CRLF. */
    body: lines.optional(),
    /** The body as a log hook gets it: JSON in one line. */
    json: z.json().optional(),
  })
  .refine(
    ({ file, headers, body, json }) => {
      const bodies = [file, body, json].filter((part) => part !== undefined);
      return bodies.length <= 1 && (file === undefined || headers === undefined);
    },
    {
      error:
        'takes one of "file" (the whole message), "body" and "json"; "headers" not with "file"',
    },
  );

const deliver = z.strictObject({
  queue,
  sender: z.string().optional(),
  recipient: z.string().optional(),
  meta: fields.optional(),
  message: message.optional(),
  /** Of the first message, which is as old as it says. */
  id: checked(checkMessageId).optional(),
  /** Attempts before this one. */
  num_attempts: z.number().int().min(0).max(MOST_ATTEMPTS).optional(),
  /** With `seconds`, the most. */
  count: z.number().int().min(1).max(MOST_MESSAGES).optional(),
  /** Until when messages are begun. */
  seconds: z.number().int().min(1).max(MOST_SECONDS).optional(),
  sessions: z.number().int().min(1).max(32).optional(),
});

const flag = z.boolean().optional();

/** In the words of a definitions export; what is left out there is as it is by default. */
const declare = z
  .strictObject({
    exchanges: z
      .array(
        z.strictObject({
          name: text,
          type: z.enum(exchangeTypes),
          durable: flag,
          auto_delete: flag,
          internal: flag,
          arguments: fields.optional(),
        }),
      )
      .optional(),
    queues: z
      .array(
        z.union(
          [
            text,
            z.strictObject({
              name: text,
              durable: flag,
              auto_delete: flag,
              arguments: fields.optional(),
            }),
          ],
          {
            error:
              'must be a queue name, or an object with "name" and maybe "durable", "auto_delete" and "arguments"',
          },
        ),
      )
      .optional(),
    bindings: z
      .array(
        z.strictObject({
          source: text,
          destination: text,
          destination_type: z.enum(['queue', 'exchange']).optional(),
          routing_key: z.string().optional(),
          arguments: fields.optional(),
        }),
      )
      .optional(),
  })
  .refine((declared) => Object.values(declared).some((list) => list.length > 0), {
    error: 'must name a queue, an exchange or a binding',
  });

const broker = z
  .strictObject({
    definitions: text.optional(),
    /** Beyond the definitions. */
    declare: declare.optional(),
    fault: checked(parseFault).optional(),
    /** Which RabbitMQ the embedded broker is like. */
    dialect: z.enum(dialectNames).optional(),
    url: checked(plainUrl).optional(),
    profile: text.optional(),
    /** What the script sees of a confirm. */
    confirms: z.enum(['broker', 'kumod']).optional(),
    confirm_timeout_ms: z.number().int().min(100).max(600_000).optional(),
  })
  .refine(({ url, profile }) => url === undefined || profile === undefined, {
    error: 'takes "url" or "profile", not both',
  })
  .refine(
    ({ definitions, declare, fault, dialect, url, profile }) =>
      [definitions, declare, fault, dialect].every((own) => own === undefined) ||
      (url === undefined && profile === undefined),
    {
      error:
        'takes "definitions", "declare", "fault" and "dialect" for the embedded broker only, which is the one without "url" and "profile"',
    },
  );

export const scenarioSchema = z
  .strictObject({
    name: text,
    engine: z.enum(['lua54', 'fengari']).optional(),
    deliver: deliver.optional(),
    resolve: z.strictObject({ queue }).optional(),
    event: z.strictObject({ name: text, args: z.array(z.json()).optional() }).optional(),
    broker: broker.optional(),
    expect: expectationsSchema,
  })
  .superRefine((scenario, context) => {
    const { deliver, resolve, event, expect } = scenario;
    if ([deliver, resolve, event].filter((what) => what !== undefined).length !== 1) {
      const message = 'needs exactly one of "deliver", "resolve" and "event"';
      context.addIssue({ code: 'custom', message });
      return;
    }
    const without: readonly (keyof typeof expect)[] = deliver
      ? ['returns']
      : resolve
        ? ['record', 'verdicts', 'publishes', 'returns', 'counts']
        : ['record', 'counts'];
    for (const key of without) {
      if (expect[key] === undefined) continue;
      const action = deliver ? '"deliver"' : resolve ? '"resolve"' : '"event"';
      context.addIssue({
        code: 'custom',
        path: ['expect', key],
        message: `is never met: ${action} tells nothing of it`,
      });
    }
  });

export const scenarioFileSchema = z.strictObject({
  version: z.literal(SCENARIO_VERSION, {
    error: `must be ${SCENARIO_VERSION}, the version of the format that this workbench reads`,
  }),
  /** From this file's folder. */
  policy: text,
  scenarios: z.array(scenarioSchema).min(1, { error: 'must hold a scenario' }),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioFile = z.output<typeof scenarioFileSchema>;

/** A text that `read` takes; what it throws is told. */
function checked(read: (text: string) => unknown): z.ZodString {
  return text.superRefine((value, context) => {
    try {
      read(value);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `cannot be used: ${why.replace(/\.$/, '')}`;
      context.addIssue({ code: 'custom', message });
    }
  });
}

/** Files are shared; a password in one is known to all who read the repository. */
function plainUrl(url: string): void {
  const { password } = new URL(url);
  if (password !== '') {
    throw new Error('it holds a password; make a broker profile, which keeps it, and name that');
  }
  parseAmqpUri(url);
}
