/** The AMQP frames of the connections that the workbench makes, while they are recorded. */
import * as z from 'zod';

export const wireConnectionSchema = z.object({
  /** From 1, in the order of dialling. */
  id: z.number(),
  /** As an AMQP URI without the password. */
  address: z.string(),
  purpose: z.enum(['delivery', 'test']),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** How many frames passed. */
  frames: z.number(),
  /** Frames between the first and the newest that are no longer kept. */
  dropped: z.number(),
});
export type WireConnection = z.infer<typeof wireConnectionSchema>;

export const wireStateSchema = z.object({
  recording: z.boolean(),
  /** Oldest first. */
  connections: z.array(wireConnectionSchema),
});
export type WireState = z.infer<typeof wireStateSchema>;

export const wireFilterSchema = z.object({
  /** Words that a frame must hold, in any case; with a `-` before: must not hold. */
  text: z.string(),
  direction: z.enum(['both', 'sent', 'received']),
});
export type WireFilter = z.infer<typeof wireFilterSchema>;

export const wireFrameSchema = z.object({
  number: z.number(),
  at: z.number(),
  direction: z.enum(['sent', 'received']),
  kind: z.enum(['protocol-header', 'method', 'header', 'body', 'heartbeat', 'malformed', 'socket']),
  channel: z.number(),
  name: z.string(),
  /** Bytes on the wire. */
  size: z.number(),
  /** All fields on one line. */
  text: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])),
});
export type WireFrameRow = z.infer<typeof wireFrameSchema>;

export const wireCalls = {
  'wire.state': { input: z.object({}), output: wireStateSchema },
  /** From now on new connections are recorded, or none; those that are open stay as they are. */
  'wire.record': { input: z.object({ on: z.boolean() }), output: wireStateSchema },
  'wire.clear': { input: z.object({}), output: wireStateSchema },
  /** Frames `offset`..`offset+limit` of those that match, in their order. */
  'wire.window': {
    input: z.object({
      connection: z.number(),
      filter: wireFilterSchema,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({
      frames: z.array(wireFrameSchema),
      offset: z.number(),
      matching: z.number(),
    }),
  },
  /** Where a publish is among all frames of its connection; null when it is no longer kept. */
  'wire.find': {
    input: z.object({
      connection: z.number(),
      delivery_tag: z.number(),
      /** When it was published, in milliseconds since the epoch. */
      at: z.number(),
    }),
    output: z.object({ place: z.number().nullable() }),
  },
  /** All that match, one a line. */
  'wire.text': {
    input: z.object({ connection: z.number(), filter: wireFilterSchema }),
    output: z.object({ text: z.string(), frames: z.number() }),
  },
};

/** At most one a frame of the display while AMQP frames pass. */
export const wireEvents = { wire: wireStateSchema };
