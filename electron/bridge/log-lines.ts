/** Lines of kumod's log, from which a delivery is reproduced. */
import * as z from 'zod';
import type { LogRecord } from '../../lua-runtime/recording/log-record.ts';
import type { MessageForm } from './runs.ts';

/** What a delivery is compared with. */
export const loggedOutcomeSchema = z.object({
  /** `Bounce`, `TransientFailure` … */
  type: z.string(),
  code: z.number(),
  content: z.string(),
  /** The ready queue; empty where there was none. */
  site: z.string(),
});
export type LoggedOutcome = z.infer<typeof loggedOutcomeSchema>;

const readLineSchema = z.object({
  outcome: loggedOutcomeSchema,
  /** What it says, without a traceback. */
  words: z.string(),
  queue: z.string(),
  recipient: z.string(),
  /** Counted from 1. */
  attempt: z.number(),
  /** When it was logged, in milliseconds since the epoch. */
  at: z.number().optional(),
  /** Absent when it cannot be delivered again. The body is left to the form. */
  form: z.custom<Omit<MessageForm, 'body'>>().optional(),
  /** Why it cannot. */
  problem: z.string().optional(),
  /** What the line leaves open, as sentences. */
  notes: z.array(z.string()),
  /** What its words tell about the broker. */
  cause: z.object({ text: z.string(), fault: z.string().optional() }).optional(),
});
export type ReadLine = z.infer<typeof readLineSchema>;

export const logLineCalls = {
  'logLines.read': {
    input: z.object({ text: z.string().max(4_000_000) }),
    output: z.object({
      lines: z.array(readLineSchema),
      /** Lines that are no log record. */
      skipped: z.number(),
      problem: z.string().optional(),
    }),
  },
  /** What a record has otherwise than the line; nothing: it is reproduced. */
  'logLines.compare': {
    input: z.object({ logged: loggedOutcomeSchema, record: z.custom<LogRecord>() }),
    output: z.object({
      differences: z.array(z.object({ what: z.string(), logged: z.string(), here: z.string() })),
    }),
  },
};
