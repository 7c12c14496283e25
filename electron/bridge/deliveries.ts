import * as z from 'zod';
import type { Entry } from '../../lua-runtime/recording/entries.ts';

export const verdictSchema = z.enum(['acked', 'nacked', 'unroutable', 'unconfirmed', 'failed']);

/** One row of the live table: the three truths of one attempt, side by side. */
export const deliveryRowSchema = z.object({
  /** Grows by one a delivery, over all runs of this session of the workbench. */
  id: z.number(),
  runId: z.string(),
  message: z.number(),
  /** kumod's id of the message. */
  messageId: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  queue: z.string(),
  attempt: z.number(),
  exchange: z.string(),
  routingKey: z.string(),
  /** Truth 1: what the script was told. */
  told: z.string(),
  /** Truth 2: what the broker did; absent when nothing reached a broker. The worst of several publishes. */
  verdict: verdictSchema.optional(),
  replyCode: z.number().optional(),
  latencyUs: z.number().optional(),
  publishes: z.number(),
  /** Truth 3: what kumod would log. */
  recordType: z.string(),
  responseCode: z.number(),
  responseContent: z.string(),
  nextDelaySeconds: z.number().optional(),
  /** A disagreement: `silent-loss`, `possible-loss`, `possible-duplicate`. */
  warning: z.enum(['silent-loss', 'possible-loss', 'possible-duplicate']).optional(),
  size: z.number(),
});
export type DeliveryRow = z.infer<typeof deliveryRowSchema>;

export const deliveryFilterSchema = z.object({
  /** Matches any text of the row, case-insensitively. */
  text: z.string(),
  /**
   * Empty: all. `none`: rows without a verdict. `silent-loss`: rows with that warning. `problem`: all
   * but Deliveries that the broker acked.
   */
  verdicts: z.array(z.union([verdictSchema, z.enum(['none', 'silent-loss', 'problem'])])),
});
export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>;

export const deliveryCountsSchema = z.object({
  total: z.number(),
  acked: z.number(),
  nacked: z.number(),
  unroutable: z.number(),
  unconfirmed: z.number(),
  failed: z.number(),
  none: z.number(),
  silentLoss: z.number(),
  /** Rows that were dropped from the front of the bounded history. */
  dropped: z.number(),
  /** Rows that the capture filter kept out: they are counted, and neither shown nor recorded. */
  notRecorded: z.number(),
  p50Us: z.number().optional(),
  p99Us: z.number().optional(),
});
export type DeliveryCounts = z.infer<typeof deliveryCountsSchema>;

/** The deliveries of one stretch of time. */
export const livePointSchema = z.object({
  /** Its start, in milliseconds since the epoch. */
  at: z.number(),
  acked: z.number(),
  nacked: z.number(),
  unroutable: z.number(),
  unconfirmed: z.number(),
  failed: z.number(),
  none: z.number(),
  silentLoss: z.number(),
  /** How long the broker took for its verdicts; absent when it gave none. */
  p50Us: z.number().optional(),
  p95Us: z.number().optional(),
  p99Us: z.number().optional(),
  maxUs: z.number().optional(),
});
export type LivePoint = z.infer<typeof livePointSchema>;

/** The latest traffic over time, back to its last pause of a minute. */
export const liveViewSchema = z.object({
  /** How long each point lasts. */
  bucketMs: z.number(),
  /** Ascending; times without a delivery are left out. */
  points: z.array(livePointSchema),
  /** All latencies of these points, in bars of equal width on a logarithmic scale. */
  histogram: z.array(z.object({ fromUs: z.number(), toUs: z.number(), count: z.number() })),
});
export type LiveView = z.infer<typeof liveViewSchema>;

export const deliveryGoalSchema = z.union([
  /** The first delivery at or after this time. */
  z.object({ kind: z.literal('time'), at: z.number() }),
  /** The newest delivery of the message with this id, or with an id that begins like this. */
  z.object({ kind: z.literal('message'), id: z.string().min(4) }),
  /** The next problem after the row `from`, or from the end of that direction. */
  z.object({
    kind: z.literal('problem'),
    direction: z.enum(['older', 'newer']),
    from: z.number().optional(),
  }),
]);
export type DeliveryGoal = z.infer<typeof deliveryGoalSchema>;

export const deliveryCalls = {
  /**
   * Rows `offset`..`offset+limit` of those that match, oldest first. `upToId` freezes the view
   * (pause): rows with a larger id are left out.
   */
  'deliveries.window': {
    input: z.object({
      filter: deliveryFilterSchema,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
      upToId: z.number().optional(),
    }),
    output: z.object({
      rows: z.array(deliveryRowSchema),
      offset: z.number(),
      matching: z.number(),
      counts: deliveryCountsSchema,
    }),
  },
  'deliveries.recording': {
    input: z.object({ id: z.number() }),
    output: z.object({ row: deliveryRowSchema, entries: z.array(z.custom<Entry>()) }),
  },
  'deliveries.clear': { input: z.object({}), output: z.object({}) },
  /** Where a delivery is among those that match, counted from the oldest. */
  'deliveries.find': {
    input: z.object({
      filter: deliveryFilterSchema,
      goal: deliveryGoalSchema,
      upToId: z.number().optional(),
    }),
    output: z.object({ id: z.number(), index: z.number(), matching: z.number() }),
  },
  'deliveries.live': { input: z.object({}), output: liveViewSchema },
  /** Sets which deliveries are recorded from now on (`filter` given), and answers which are. */
  'deliveries.capture': {
    input: z.object({ filter: deliveryFilterSchema.optional() }),
    output: z.object({ filter: deliveryFilterSchema }),
  },
  /** All matching rows' entries as JSON lines, or the rows themselves as CSV with a header. */
  'deliveries.export': {
    input: z.object({
      filter: deliveryFilterSchema,
      format: z.enum(['jsonl', 'csv']),
    }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
};

export const deliveryEvents = {
  /** At most one a frame while rows arrive: how many there are now. The page asks for those it shows. */
  deliveries: z.object({ counts: deliveryCountsSchema }),
};
