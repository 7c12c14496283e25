/** Scenarios of the opened folder: files, runs, and saving what the form or a delivery is. */
import * as z from 'zod';
import type { Mismatch } from '../../lua-runtime/expectations/expectation-contract.ts';
import type { Coverage } from '../../lua-runtime/debugger/run-reading.ts';
import { messageFormSchema, MOST_MESSAGES, MOST_SECONDS } from './runs.ts';

/** Names one: names are unique in a file. */
export const scenarioIdSchema = z.object({
  /** Relative to the workspace root. */
  file: z.string(),
  name: z.string(),
});
export type ScenarioId = z.infer<typeof scenarioIdSchema>;

export const scenarioItemSchema = z.object({
  name: z.string(),
  /** Where it begins in its file, from 1. */
  line: z.number(),
  kind: z.enum(['deliver', 'resolve', 'event']),
  /** The queue, or the event. */
  about: z.string(),
  /** With `seconds`, the most. */
  count: z.number(),
  seconds: z.number().optional(),
  fault: z.string().optional(),
  /** The URL or the profile of another broker than the embedded one. */
  broker: z.string().optional(),
});
export type ScenarioItem = z.infer<typeof scenarioItemSchema>;

export const scenarioFileSchema = z.object({
  file: z.string(),
  /** When there are any, nothing of the file is run. */
  problems: z.array(z.object({ line: z.number(), column: z.number(), message: z.string() })),
  scenarios: z.array(scenarioItemSchema),
});
export type ScenarioFile = z.infer<typeof scenarioFileSchema>;

export const scenarioProgressSchema = scenarioIdSchema.extend({
  state: z.enum(['waiting', 'running', 'passed', 'failed', 'cancelled']),
  durationMs: z.number().optional(),
  /** Places are relative to the workspace root. */
  mismatches: z.array(z.custom<Mismatch>()).optional(),
  /** The delivery that tells most of it: the first that did not meet what is expected. */
  deliveryId: z.number().optional(),
});
export type ScenarioProgress = z.infer<typeof scenarioProgressSchema>;

/** What is saved as a scenario. */
export const scenarioToSaveSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('form'),
    form: messageFormSchema,
    /** With `seconds`, the most. */
    count: z.number().int().min(1).max(MOST_MESSAGES),
    seconds: z.number().int().min(1).max(MOST_SECONDS).optional(),
    sessions: z.number().int().min(1).max(32),
  }),
  z.object({
    kind: z.literal('delivery'),
    id: z.number(),
    /** The load run of which it is one, and not this message alone. */
    wholeRun: z.boolean().optional(),
  }),
]);
export type ScenarioToSave = z.infer<typeof scenarioToSaveSchema>;

/** What a scenario would hold, for somebody who saves it. */
export const scenarioDraftSchema = z.object({
  /** `resolve`: its queue is not delivered here, so that it only asks where the queue goes. */
  kind: z.enum(['deliver', 'resolve']),
  queue: z.string(),
  count: z.number(),
  seconds: z.number().optional(),
  sessions: z.number(),
  /** Of a delivery: the load run of which it is one. */
  run: z
    .object({ messages: z.number(), seconds: z.number().optional(), sessions: z.number() })
    .optional(),
  /** The URL or the profile of another broker than the embedded one. */
  broker: z.string().optional(),
  fault: z.string().optional(),
  /** Where it is not the usual one. */
  dialect: z.string().optional(),
  confirms: z.enum(['broker', 'kumod']).optional(),
  confirmTimeoutMs: z.number().optional(),
  /** Names of what its embedded broker gets beyond definitions.json. */
  declares: z.object({
    exchanges: z.array(z.string()),
    queues: z.array(z.string()),
    bindings: z.number(),
  }),
});
export type ScenarioDraft = z.infer<typeof scenarioDraftSchema>;

export const scenarioCalls = {
  'scenarios.list': {
    input: z.object({}),
    output: z.object({ files: z.array(scenarioFileSchema) }),
  },
  /**
   * Runs those, or all, one after the other; what is running is cancelled before. Answers at once,
   * progress comes as `scenario` events.
   */
  'scenarios.run': {
    input: z.object({ only: z.array(scenarioIdSchema).optional() }),
    output: z.object({ count: z.number() }),
  },
  'scenarios.cancel': { input: z.object({}), output: z.object({}) },
  /** Of the newest run of each scenario, replayed; files have paths relative to the workspace root. */
  'scenarios.coverage': {
    input: z.object({}),
    output: z.object({ coverage: z.custom<Coverage>(), scenarios: z.number() }),
  },
  /** What a scenario delivers or resolves, for the form; makes the broker as the scenario has it. */
  'scenarios.open': {
    input: scenarioIdSchema,
    output: z.object({
      form: messageFormSchema,
      /** With `seconds`, the most. */
      count: z.number(),
      seconds: z.number().optional(),
      sessions: z.number(),
      /** What is another than before, each as `fault nack (was none)`. */
      changes: z.array(z.string()),
      /** Sentences about what could not be had. */
      problems: z.array(z.string()),
    }),
  },
  /** Reads what would be saved, and saves nothing. */
  'scenarios.draft': {
    input: z.object({ from: scenarioToSaveSchema }),
    output: scenarioDraftSchema,
  },
  /**
   * Adds a scenario to a file, which is made when it is not there. Of the form (expected is where its
   * queue goes now), or of a delivery (expected is what happened).
   */
  'scenarios.save': {
    input: scenarioIdSchema.extend({
      from: scenarioToSaveSchema,
    }),
    output: z.object({ file: z.string(), line: z.number() }),
  },
};

export const scenarioEvents = { scenario: scenarioProgressSchema };

export type { Mismatch } from '../../lua-runtime/expectations/expectation-contract.ts';
