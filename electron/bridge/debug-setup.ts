/** What a person has set up for debugging in a workspace; it outlives every session. */
import * as z from 'zod';

/** `line` is 1-based; `file` is relative to the workspace root with `/` separators. */
export const lineBreakpointSchema = z.object({
  file: z.string(),
  line: z.number().int().min(1),
  enabled: z.boolean(),
  condition: z.string().optional(),
  hitCondition: z.string().optional(),
  /** A log point: says this text with its `{expressions}` and does not stop. */
  logMessage: z.string().optional(),
});

export const functionBreakpointSchema = z.object({
  name: z.string().min(1),
  enabled: z.boolean(),
  condition: z.string().optional(),
  hitCondition: z.string().optional(),
});

/** `only`: this event, host call or reject code, several separated by commas; absent: all. */
export const eventBreakpointSchema = z.object({
  event: z.enum(['handler', 'host-call', 'reject', 'thrown', 'uncaught', 'nack', 'silent-loss']),
  enabled: z.boolean(),
  only: z.string().optional(),
});

export const debugSetupSchema = z.object({
  lines: z.array(lineBreakpointSchema).max(2000),
  functions: z.array(functionBreakpointSchema).max(200),
  events: z.array(eventBreakpointSchema).max(50),
  /** Expressions that are shown at every stop. */
  watches: z.array(z.string()).max(200),
});
export type DebugSetup = z.infer<typeof debugSetupSchema>;

export const debugSetupCalls = {
  /** Of the open workspace. */
  'debugSetup.get': { input: z.object({}), output: debugSetupSchema },
  /** `root` must be the open workspace's: a late write must not land in another one. */
  'debugSetup.set': {
    input: z.object({ root: z.string(), setup: debugSetupSchema }),
    output: z.object({}),
  },
};
