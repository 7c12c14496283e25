/** What a private node holds from the start: loading it at boot saves a second per rabbitmqctl call. */
import { createHash, randomBytes } from 'node:crypto';

/** May do everything. */
export const OWNER = { username: 'owner', password: 'owner-password' } as const;
/** May log in and read, but write nothing. */
export const READER = { username: 'reader', password: 'reader-password' } as const;

/** May log in and write, but read nothing. */
export const WRITER = { username: 'writer', password: 'writer-password' } as const;
/** Whoever RabbitMQ 4 takes a login without a name for; here in `/` alone. */
export const GUEST = { username: 'guest', password: 'guest' } as const;

/** The names of the vhosts that a node is started with; each test takes one of its own. */
export function preparedVhosts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `test-${index + 1}`);
}

/** A RabbitMQ definitions file (https://www.rabbitmq.com/docs/definitions). */
export function definitions(vhosts: readonly string[]): string {
  const names = ['/', ...vhosts];
  return JSON.stringify({
    users: [user(OWNER, ['administrator']), user(READER, []), user(WRITER, []), user(GUEST, [])],
    vhosts: names.map((name) => ({ name })),
    permissions: [
      { user: GUEST.username, vhost: '/', configure: '.*', write: '.*', read: '.*' },
      ...names.flatMap((vhost) => [
        { user: OWNER.username, vhost, configure: '.*', write: '.*', read: '.*' },
        { user: READER.username, vhost, configure: '', write: '', read: '.*' },
        { user: WRITER.username, vhost, configure: '.*', write: '.*', read: '' },
      ]),
    ],
  });
}

/** RabbitMQ's salted SHA-256 (https://www.rabbitmq.com/docs/passwords). */
function user(
  { username, password }: { username: string; password: string },
  tags: readonly string[],
): object {
  const salt = randomBytes(4);
  const hash = createHash('sha256').update(salt).update(password).digest();
  return {
    name: username,
    password_hash: Buffer.concat([salt, hash]).toString('base64'),
    hashing_algorithm: 'rabbit_password_hashing_sha256',
    tags,
  };
}
