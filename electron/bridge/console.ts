import * as z from 'zod';

export const consoleLineSchema = z.object({
  /** Grows from line to line, also over a restart of the host. */
  id: z.number(),
  at: z.number(),
  level: z.enum(['error', 'warn', 'info', 'debug']),
  source: z.enum(['print', 'log', 'io', 'error', 'limit', 'workbench']),
  text: z.string(),
  file: z.string().optional(),
  line: z.number().optional(),
});
export type ConsoleLine = z.infer<typeof consoleLineSchema>;

export const consoleBatchSchema = z.object({
  lines: z.array(consoleLineSchema),
  /** Lines that are not among them: they came faster than anyone could read, or are too old. */
  skipped: z.number(),
});
export type ConsoleBatch = z.infer<typeof consoleBatchSchema>;

export const consoleCalls = {
  /** What a page has not seen that was loaded later, or was without the host for a while. */
  'console.recent': {
    input: z.object({
      /** The newest line that the page has. Absent: none. */
      afterId: z.number().optional(),
    }),
    output: consoleBatchSchema,
  },
  'console.clear': { input: z.object({}), output: z.object({}) },
};

export const consoleEvents = {
  /** At most one a frame. */
  console: consoleBatchSchema,
};
