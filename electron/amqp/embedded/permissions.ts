/** What a user may do in a virtual host (RabbitMQ's access control: configure, write, read). */
import type { Dialect } from './dialects.ts';
import { described } from './engine/names.ts';
import type { ResourceKind } from './engine/names.ts';
import { AmqpError } from './wire/amqp-error.ts';

/** Regular expressions over the names of queues and exchanges; an empty one matches no name. */
export interface Permissions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

export type Permission = keyof Permissions;

export const everything: Permissions = { configure: '.*', write: '.*', read: '.*' };

/** How many names are remembered as allowed, for each permission. */
const rememberedNames = 64;

/** One user's rights in one virtual host, as its channels ask for them. */
export class Access {
  readonly #user: string;
  readonly #vhost: string;
  readonly #dialect: () => Dialect;
  readonly #patterns: { readonly [permission in Permission]: RegExp };
  readonly #allowed: { readonly [permission in Permission]: Set<string> } = {
    configure: new Set(),
    write: new Set(),
    read: new Set(),
  };

  /** Throws `Error` for a regular expression that cannot be read. */
  constructor(user: string, vhost: string, permissions: Permissions, dialect: () => Dialect) {
    this.#user = user;
    this.#dialect = dialect;
    this.#vhost = vhost;
    this.#patterns = {
      configure: pattern(permissions.configure),
      write: pattern(permissions.write),
      read: pattern(permissions.read),
    };
  }

  /** Throws the channel's 403. The default exchange is asked for as `amq.default`. */
  assert(permission: Permission, kind: ResourceKind, name: string): void {
    const allowed = this.#allowed[permission];
    const known = kind === 'exchange' && name === '' ? 'amq.default' : name;
    if (allowed.has(known)) return;
    if (!this.#patterns[permission].test(known)) {
      const of = described(kind, known, this.#vhost);
      const which = this.#dialect().namesRefusedAccess ? `${permission} ` : '';
      throw new AmqpError(403, `${which}access to ${of} refused for user '${this.#user}'`);
    }
    if (allowed.size < rememberedNames) allowed.add(known);
  }
}

/** Throws `Error` with one sentence for a regular expression that cannot be read. */
export function assertPermissions(permissions: Permissions): void {
  const { configure, write, read } = permissions;
  for (const expression of [configure, write, read]) pattern(expression);
}

function pattern(expression: string): RegExp {
  try {
    return new RegExp(expression === '' ? '^$' : expression);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The permission '${expression}' is no regular expression: ${reason}.`, {
      cause: error,
    });
  }
}
