import * as z from 'zod';
import {
  brokerProfileSchema,
  confirmPolicySchema,
  profileCalls,
  profileFormSchema,
  secretPlaceSchema,
} from './broker-profiles.ts';
import { topologyCalls } from './topology.ts';

export const brokerPresenceSchema = z.object({
  /** `back`: it was gone, and answers again. */
  state: z.enum(['gone', 'back']),
  /** Since when, in milliseconds since the epoch. */
  at: z.number(),
  /** What happened, and what that means for what was under way. */
  sentence: z.string(),
});
export type BrokerPresenceState = z.infer<typeof brokerPresenceSchema>;

export const brokerStateSchema = z.object({
  active: z.string(),
  profiles: z.array(brokerProfileSchema),
  /** Where a password that is given now is kept. */
  secretsIn: secretPlaceSchema,
  /** Of the embedded broker: which RabbitMQ it is like, as on the command line. */
  dialect: z.string(),
  /** Of the embedded broker. */
  fault: z.string().optional(),
  queues: z.array(
    z.object({
      name: z.string(),
      messages: z.number(),
      consumers: z.number(),
      /** The newest messages, for a look without consuming them. */
      arguments: z.record(z.string(), z.json()),
    }),
  ),
  exchanges: z.array(z.object({ name: z.string(), type: z.string() })),
  bindings: z.array(
    z.object({ source: z.string(), destination: z.string(), routingKey: z.string() }),
  ),
  port: z.number().optional(),
  /** Once a broker went away under a delivery, or could not be reached. */
  presence: brokerPresenceSchema.optional(),
});
export type BrokerState = z.infer<typeof brokerStateSchema>;

export const faultChoiceSchema = z.object({
  /** As on the command line: `nack`, `delay:MS`, … */
  spec: z.string(),
  title: z.string(),
  explanation: z.string(),
  /** What follows the colon: its unit and an example; absent when nothing does. */
  parameter: z.object({ name: z.string(), example: z.string() }).optional(),
});
export type FaultChoice = z.infer<typeof faultChoiceSchema>;

export const faultConditionSchema = z.object({
  /** As behind the `@` of a fault: `n=N`, `key=PATTERN`, … */
  spec: z.string(),
  explanation: z.string(),
});
export type FaultCondition = z.infer<typeof faultConditionSchema>;

export const dialectChoiceSchema = z.object({
  /** As on the command line: `rabbitmq-4`. */
  name: z.string(),
  title: z.string(),
  /** What it does that another does not. */
  changes: z.array(z.object({ title: z.string(), says: z.string() })),
});
export type DialectChoice = z.infer<typeof dialectChoiceSchema>;

export const brokerCalls = {
  ...profileCalls,
  ...topologyCalls,
  'brokers.state': { input: z.object({}), output: brokerStateSchema },
  'brokers.select': { input: z.object({ id: z.string() }), output: brokerStateSchema },
  'brokers.save': { input: profileFormSchema, output: brokerStateSchema },
  /** Changes what the script sees and how long a confirm is awaited, for any profile. */
  'brokers.configure': {
    input: confirmPolicySchema.extend({ id: z.string() }),
    output: brokerStateSchema,
  },
  'brokers.remove': { input: z.object({ id: z.string() }), output: brokerStateSchema },
  'brokers.faults': { input: z.object({}), output: z.array(faultChoiceSchema) },
  'brokers.faultConditions': { input: z.object({}), output: z.array(faultConditionSchema) },
  /** As on the command line: `nack@n=3..5+delay:200`. Empty: no fault. Counts, times and seeds begin anew. */
  'brokers.setFault': { input: z.object({ fault: z.string() }), output: brokerStateSchema },
  'brokers.dialects': { input: z.object({}), output: z.array(dialectChoiceSchema) },
  /** For open connections of the embedded broker too; its queues and messages stay. */
  'brokers.setDialect': { input: z.object({ dialect: z.string() }), output: brokerStateSchema },
  /** Both on the embedded broker, durable. */
  'brokers.declareExchange': {
    input: z.object({ name: z.string(), type: z.enum(['direct', 'fanout', 'topic', 'headers']) }),
    output: brokerStateSchema,
  },
  'brokers.declareQueue': { input: z.object({ name: z.string() }), output: brokerStateSchema },
};

export const brokerEvents = { broker: brokerStateSchema };
