/** RabbitMQ's definitions format: what `rabbitmqctl export_definitions` writes, as far as it is served. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { BridgeError } from '../bridge/bridge-error.ts';

const argumentsSchema = z.record(z.string(), z.json()).default({});
const definitionsSchema = z.object({
  queues: z
    .array(
      z.object({
        name: z.string().min(1),
        durable: z.boolean().default(true),
        auto_delete: z.boolean().default(false),
        arguments: argumentsSchema,
      }),
    )
    .default([]),
  exchanges: z
    .array(
      z.object({
        name: z.string().min(1),
        type: z.string(),
        durable: z.boolean().default(true),
        auto_delete: z.boolean().default(false),
        internal: z.boolean().default(false),
        arguments: argumentsSchema,
      }),
    )
    .default([]),
  bindings: z
    .array(
      z.object({
        source: z.string(),
        destination: z.string(),
        destination_type: z.enum(['queue', 'exchange']).default('queue'),
        routing_key: z.string().default(''),
        arguments: argumentsSchema,
      }),
    )
    .default([]),
});

/** All of it goes into the one virtual host of the embedded broker, whatever `vhost` says. */
export type BrokerDefinitions = z.output<typeof definitionsSchema>;

/** Throws `failed` with a sentence when the file is not readable or has another shape. */
export async function readDefinitions(file: string): Promise<BrokerDefinitions> {
  try {
    return definitionsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const why = issue
      ? `${issue.path.join('.')}: ${issue.message}`
      : error instanceof Error
        ? error.message
        : String(error);
    throw new BridgeError('failed', `${file} is not a definitions file that can be used (${why}).`);
  }
}
