/** RabbitMQ's definitions export: the JSON of `rabbitmqctl export_definitions` and the management UI. */
import * as z from 'zod';
import type { VirtualHost } from './engine/virtual-host.ts';
import type { Users } from './users.ts';
import { tableOf } from './wire/plain-values.ts';

const argumentsSchema = z.record(z.string(), z.json()).default({});

/** An export of a single virtual host leaves its name out. */
const vhostSchema = z.string().default('/');

const definitionsSchema = z.looseObject({
  vhosts: z.array(z.looseObject({ name: z.string() })).default([]),
  users: z
    .array(
      z.looseObject({
        name: z.string(),
        password: z.string().optional(),
        password_hash: z.string().optional(),
        hashing_algorithm: z.string().default('rabbit_password_hashing_sha256'),
        // Older exports have them as one text.
        tags: z.union([z.array(z.string()), z.string()]).default([]),
      }),
    )
    .default([]),
  permissions: z
    .array(
      z.looseObject({
        user: z.string(),
        vhost: vhostSchema,
        configure: z.string(),
        write: z.string(),
        read: z.string(),
      }),
    )
    .optional(),
  exchanges: z
    .array(
      z.looseObject({
        name: z.string(),
        vhost: vhostSchema,
        type: z.string(),
        durable: z.boolean().default(true),
        auto_delete: z.boolean().default(false),
        internal: z.boolean().default(false),
        arguments: argumentsSchema,
      }),
    )
    .default([]),
  queues: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        vhost: vhostSchema,
        durable: z.boolean().default(true),
        auto_delete: z.boolean().default(false),
        arguments: argumentsSchema,
      }),
    )
    .default([]),
  bindings: z
    .array(
      z.looseObject({
        source: z.string(),
        vhost: vhostSchema,
        destination: z.string(),
        destination_type: z.enum(['queue', 'exchange']),
        routing_key: z.string().default(''),
        arguments: argumentsSchema,
      }),
    )
    .default([]),
});

type Definitions = z.infer<typeof definitionsSchema>;

/** Sections this broker has no use for when they say what everybody's say. */
const metadata: ReadonlySet<string> = new Set([
  'rabbit_version',
  'rabbitmq_version',
  'product_name',
  'product_version',
  'rabbitmq_definition_format',
  'original_vhost_name',
  'original_cluster_name',
  'explanation',
  'default_queue_type',
  'metadata',
  'description',
]);

export interface LoadedDefinitions {
  readonly vhosts: number;
  readonly users: number;
  readonly exchanges: number;
  readonly queues: number;
  readonly bindings: number;
  /** Non-empty sections of the file that this broker does not act on, such as `policies`. */
  readonly ignoredSections: readonly string[];
}

/** What a definitions file is loaded into. */
export interface DefinitionsTarget {
  readonly users: Users;
  /** Returns it, made if it was not there. */
  addVirtualHost(name: string): VirtualHost;
  virtualHost(name: string): VirtualHost | undefined;
}

/**
 * Adds what the file declares to what is there; nothing is taken away. `json` is the parsed file or
 * its text. Throws `Error` with one sentence that names the place; what came before it stays loaded.
 */
export function loadDefinitions(json: unknown, target: DefinitionsTarget): LoadedDefinitions {
  const definitions = checked(typeof json === 'string' ? parsed(json) : json);
  for (const { name } of definitions.vhosts) target.addVirtualHost(name);
  addUsers(definitions, target.users);
  // A file without `vhosts` is about those that are there.
  const vhostOf = (what: string, vhost: string): VirtualHost => {
    const found = target.virtualHost(vhost);
    if (found === undefined) {
      throw new Error(
        `The definitions put ${what} into the virtual host '${vhost}', which they do not declare; add it to "vhosts".`,
      );
    }
    return found;
  };
  for (const exchange of definitions.exchanges) {
    declareExchange(vhostOf(`the exchange '${exchange.name}'`, exchange.vhost), exchange);
  }
  for (const queue of definitions.queues) {
    declareQueue(vhostOf(`the queue '${queue.name}'`, queue.vhost), queue);
  }
  for (const binding of definitions.bindings) {
    const what = `a binding from '${binding.source}' to '${binding.destination}'`;
    declareBinding(vhostOf(what, binding.vhost), binding);
  }
  return {
    vhosts: definitions.vhosts.length,
    users: definitions.users.length,
    exchanges: definitions.exchanges.length,
    queues: definitions.queues.length,
    bindings: definitions.bindings.length,
    ignoredSections: ignoredSections(definitions),
  };
}

/** With a section `permissions` users may do what it says; without one they may do everything. */
function addUsers({ users, permissions }: Definitions, target: Users): void {
  for (const { name, password, password_hash: hash, hashing_algorithm, tags } of users) {
    const tagList = typeof tags === 'string' ? tags.split(',') : tags;
    if (password !== undefined) target.set(name, password, tagList);
    else target.setHashed(name, hash ?? '', hashing_algorithm, tagList);
    if (permissions !== undefined) target.restrict(name);
  }
  for (const { user, vhost, ...allowed } of permissions ?? []) {
    explained(`permissions for the user '${user}'`, () => target.permit(user, vhost, allowed));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The definitions are not JSON: ${reason}.`, { cause: error });
  }
}

function checked(json: unknown): Definitions {
  const result = definitionsSchema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.map((step) => String(step)).join('.') || 'the file';
  throw new Error(
    `The definitions are not a RabbitMQ export: at ${place}: ${issue?.message ?? 'unreadable'}.`,
  );
}

function declareExchange(vhost: VirtualHost, exchange: Definitions['exchanges'][number]): void {
  explained(`the exchange '${exchange.name}'`, () => {
    vhost.declareExchange({
      name: exchange.name,
      type: exchange.type,
      durable: exchange.durable,
      autoDelete: exchange.auto_delete,
      internal: exchange.internal,
      arguments: tableOf(exchange.arguments),
    });
  });
}

function declareQueue(vhost: VirtualHost, queue: Definitions['queues'][number]): void {
  explained(`the queue '${queue.name}'`, () => {
    vhost.declareQueue({
      name: queue.name,
      durable: queue.durable,
      exclusive: false,
      autoDelete: queue.auto_delete,
      arguments: tableOf(queue.arguments),
      owner: undefined,
    });
  });
}

function declareBinding(vhost: VirtualHost, binding: Definitions['bindings'][number]): void {
  const { source, destination, destination_type: type, routing_key: routingKey } = binding;
  explained(`the binding from '${source}' to the ${type} '${destination}'`, () => {
    vhost.bind(source, { kind: type, name: destination }, routingKey, tableOf(binding.arguments));
  });
}

function explained(what: string, declare: () => void): void {
  try {
    declare();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The definitions declare ${what}, which cannot be: ${reason}`, {
      cause: error,
    });
  }
}

function ignoredSections(definitions: Definitions): string[] {
  const known = new Set(Object.keys(definitionsSchema.shape));
  return Object.entries(definitions)
    .filter(([name, value]) => {
      if (known.has(name) || metadata.has(name)) return false;
      return !Array.isArray(value) || value.length > 0;
    })
    .map(([name]) => name);
}
