/** What the active broker holds, and where a message would go in it. */
import * as z from 'zod';

const tableSchema = z.record(z.string(), z.json());

const bindingSchema = z.object({
  source: z.string(),
  destination: z.string(),
  destinationType: z.enum(['queue', 'exchange']),
  routingKey: z.string(),
  arguments: tableSchema,
});

/** A name that the policy published to in its last run, and the broker lacks. */
export const missingNameSchema = z.object({
  kind: z.enum(['exchange', 'queue', 'binding']),
  exchange: z.string(),
  routingKey: z.string(),
  /** What is missing and what happens to the message. */
  sentence: z.string(),
  /** Where it was published. */
  location: z.object({ file: z.string(), line: z.number() }).optional(),
});
export type MissingName = z.infer<typeof missingNameSchema>;

export const topologySchema = z.object({
  /** The profile that it is of. */
  profile: z.string(),
  source: z.enum(['embedded', 'management', 'none']),
  /** With `none`: why there is nothing to show, and what to do. */
  problem: z.string().optional(),
  exchanges: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      durable: z.boolean(),
      internal: z.boolean(),
      arguments: tableSchema,
    }),
  ),
  queues: z.array(
    z.object({
      name: z.string(),
      durable: z.boolean(),
      messages: z.number(),
      unacknowledged: z.number(),
      consumers: z.number(),
      arguments: tableSchema,
    }),
  ),
  bindings: z.array(bindingSchema),
  missing: z.array(missingNameSchema),
});
export type Topology = z.infer<typeof topologySchema>;

export const routeSchema = z.object({
  queues: z.array(z.string()),
  steps: z.array(
    z.object({
      exchange: z.string(),
      type: z.string(),
      matched: z.array(bindingSchema),
      alternate: z.string().optional(),
      unknownType: z.literal(true).optional(),
    }),
  ),
  problem: z.string().optional(),
});
export type Route = z.infer<typeof routeSchema>;

export const peekSchema = z.object({
  messages: z.array(
    z.object({
      exchange: z.string(),
      routingKey: z.string(),
      size: z.number(),
      redelivered: z.boolean(),
      properties: tableSchema,
      text: z.string(),
    }),
  ),
  /** The look left a mark: RabbitMQ calls these messages redelivered from now on. */
  marksRedelivered: z.boolean(),
});

export const topologyCalls = {
  /** Names of the last run that the active broker lacks; none where it cannot be looked into. */
  'brokers.missing': {
    input: z.object({}),
    output: z.object({ missing: z.array(missingNameSchema) }),
  },
  'brokers.topology': { input: z.object({}), output: topologySchema },
  /** Follows the bindings without publishing. */
  'brokers.route': {
    input: z.object({ exchange: z.string(), routingKey: z.string(), headers: tableSchema }),
    output: routeSchema,
  },
  /** The next messages of a queue, which stay in it. */
  'brokers.peek': {
    input: z.object({ queue: z.string(), limit: z.number().int().min(1).max(50) }),
    output: peekSchema,
  },
};
