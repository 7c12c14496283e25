/** Readings of runs in the history: log points added afterwards, coverage, profile. */
import * as z from 'zod';
import type { ReadingResults } from '../../lua-runtime/debugger/run-reading.ts';

const count = z.number().int().min(0);

export const readingRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('log-points'),
    points: z
      .array(
        z.object({
          id: z.number(),
          file: z.string(),
          line: z.number().int().min(1),
          condition: z.string().optional(),
          logMessage: z.string(),
        }),
      )
      .max(200)
      .readonly(),
    limit: z.number().int().min(1).max(10_000),
  }),
  z.object({ kind: z.literal('coverage'), values: z.boolean() }),
  z.object({ kind: z.literal('profile') }),
]);

/** What of a coverage is written to a file. */
const coverageSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      lines: z.array(z.object({ line: count, hits: count })),
      functions: z.array(z.object({ name: z.string(), line: count, hits: count })),
      branches: z.array(z.object({ line: count, block: count, taken: z.tuple([count, count]) })),
    }),
  ),
});

export const readingCalls = {
  /**
   * Replays a run of the history once more; without `runId` the newest one. Delivers nothing.
   * The result is that of the reading's kind.
   */
  'readings.read': {
    input: z.object({ runId: z.string().optional(), reading: readingRequestSchema }),
    output: z.object({
      runId: z.string(),
      /** Files that hold another text now than the run ran. */
      changedFiles: z.array(z.string()),
      result: z.custom<ReadingResults[keyof ReadingResults]>(),
    }),
  },
  /** Coverage as an lcov tracefile, with absolute paths. */
  'readings.lcov': {
    input: z.object({ coverage: coverageSchema }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
};
