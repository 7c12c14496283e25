import * as z from 'zod';
import { MOST_ATTEMPTS } from '../../lua-runtime/kumod/runtime-contract.ts';
import type {
  Entry,
  PolicyFailure,
  QueueResolution,
  RegisteredHandler,
  SummaryEntry,
} from '../../lua-runtime/recording/entries.ts';

/** In one run. */
export const MOST_MESSAGES = 1_000_000;
export const MOST_SECONDS = 86_400;

/** The question that the Simulate form asks. Empty strings mean "none". */
export const messageFormSchema = z.object({
  /** The scheduled queue name. The form keeps it in step with its parts. */
  queue: z.string(),
  sender: z.string(),
  recipient: z.string(),
  meta: z.record(z.string(), z.json()),
  /** Prepended to the body when not empty, `Name: value` lines. */
  headers: z.string(),
  body: z.string(),
  /** Of the first message of a run; its age follows from it. Absent or empty: a new one. */
  id: z.string().optional(),
  /** Attempts before this one. Absent: none. */
  numAttempts: z.number().int().min(0).max(MOST_ATTEMPTS).optional(),
});
export type MessageForm = z.infer<typeof messageFormSchema>;

export const runStateSchema = z.object({
  runId: z.string(),
  /** How many messages were asked for; when `seconds` is there, the most. */
  total: z.number(),
  seconds: z.number().optional(),
  done: z.number(),
  elapsedMs: z.number(),
  /** Messages a second in the last moments. */
  perSecond: z.number(),
  /** Milliseconds that the run will still take at this rate, when that can be told. */
  leftMs: z.number().optional(),
  state: z.enum(['running', 'finished', 'cancelled', 'failed']),
  /** Why it failed, as a sentence. */
  problem: z.string().optional(),
  /** Once it has ended: what became of its messages. */
  summary: z.custom<SummaryEntry>().optional(),
});
export type RunState = z.infer<typeof runStateSchema>;

export const retryScheduleSchema = z.object({
  attempts: z.array(
    z.object({ attempt: z.number(), atSeconds: z.number(), delaySeconds: z.number() }),
  ),
  expiresAtSeconds: z.number(),
});
export type RetrySchedule = z.infer<typeof retryScheduleSchema>;

export const simulationSchema = z.object({
  resolution: z.custom<QueueResolution>(),
  /** When the policy did not load: why. Then `resolution.error` is the same. */
  loadFailure: z.custom<PolicyFailure>().optional(),
  retry: retryScheduleSchema.optional(),
  /** Why Deliver cannot run this protocol here, as a sentence. */
  notDeliverable: z.string().optional(),
  entries: z.array(z.custom<Entry>()),
});
export type Simulation = z.infer<typeof simulationSchema>;

/** What the status bar says of the policy. */
export const policyStateSchema = z.object({
  state: z.enum(['loading', 'loads', 'fails', 'none']),
  durationMs: z.number().optional(),
  failure: z.custom<PolicyFailure>().optional(),
  handlers: z.array(z.custom<RegisteredHandler>()),
});
export type PolicyState = z.infer<typeof policyStateSchema>;

export const runCalls = {
  'policy.state': { input: z.object({}), output: policyStateSchema },
  'runs.simulate': { input: z.object({ form: messageFormSchema }), output: simulationSchema },
  /** Answers at once; progress comes as `run` events, rows as `deliveries` events. */
  'runs.deliver': {
    input: z.object({
      form: messageFormSchema,
      count: z.number().int().min(1).max(MOST_MESSAGES),
      /** Given: the run ends after so long, `count` messages at the most. */
      seconds: z.number().int().min(1).max(MOST_SECONDS).optional(),
      sessions: z.number().int().min(1).max(32),
    }),
    output: z.object({ runId: z.string() }),
  },
  /** The form's last run in the opened folder, for a page that did not see it begin. */
  'runs.latest': { input: z.object({}), output: z.object({ run: runStateSchema.optional() }) },
  'runs.cancel': { input: z.object({ runId: z.string() }), output: z.object({}) },
  'runs.recentForms': { input: z.object({}), output: z.array(messageFormSchema) },
  /** Parts to queue name and back, by kumod's own grammar. */
  'queueName.parse': {
    input: z.object({ queue: z.string() }),
    output: z.object({
      domain: z.string(),
      tenant: z.string().optional(),
      campaign: z.string().optional(),
      routingDomain: z.string().optional(),
    }),
  },
};

export const runEvents = {
  run: runStateSchema,
  policy: policyStateSchema,
};
