import { createHash, timingSafeEqual } from 'node:crypto';
import { assertPermissions, everything } from './permissions.ts';
import type { Permissions } from './permissions.ts';

/** The password hashes of RabbitMQ's definitions files, by the name of their Erlang module. */
const algorithms: { readonly [hashingAlgorithm: string]: string } = {
  rabbit_password_hashing_sha256: 'sha256',
  rabbit_password_hashing_sha512: 'sha512',
  rabbit_password_hashing_md5: 'md5',
};

const saltBytes = 4;

interface User {
  readonly accepts: (password: string) => boolean;
  readonly tags: readonly string[];
  /** By virtual host; undefined: everything in all of them. */
  permissions: Map<string, Permissions> | undefined;
}

/** Who may log in, and what each may do where. A new user may do everything until it is told. */
export class Users {
  readonly #users = new Map<string, User>();

  set(name: string, password: string, tags: readonly string[] = []): void {
    this.#add(name, (given) => given === password, tags);
  }

  /**
   * `hash` is base64 of a 4-byte salt and the digest of salt and password, as RabbitMQ exports it.
   * An empty hash is a user that cannot log in. Throws `Error` for an unknown algorithm.
   */
  setHashed(
    name: string,
    hash: string,
    hashingAlgorithm: string,
    tags: readonly string[] = [],
  ): void {
    const algorithm = algorithms[hashingAlgorithm];
    if (algorithm === undefined) {
      throw new Error(
        `The user '${name}' has a password hashed with '${hashingAlgorithm}', which is none of ${Object.keys(algorithms).join(', ')}.`,
      );
    }
    const salted = Buffer.from(hash, 'base64');
    const salt = salted.subarray(0, saltBytes);
    const digest = salted.subarray(saltBytes);
    const accepts = (given: string): boolean => {
      const actual = createHash(algorithm).update(salt).update(given).digest();
      return actual.length === digest.length && timingSafeEqual(actual, digest);
    };
    this.#add(name, accepts, tags);
  }

  /** From now on the user may do nothing but what it is permitted. Throws `Error` for a user that is not there. */
  restrict(name: string): void {
    this.#user(name).permissions ??= new Map();
  }

  /** Throws `Error` for a user that is not there and for a regular expression that is none. */
  permit(name: string, vhost: string, permissions: Permissions): void {
    assertPermissions(permissions);
    this.restrict(name);
    this.#user(name).permissions?.set(vhost, permissions);
  }

  accepts(name: string, password: string): boolean {
    return this.#users.get(name)?.accepts(password) ?? false;
  }

  hasTag(name: string, tag: string): boolean {
    return this.#users.get(name)?.tags.includes(tag) ?? false;
  }

  /** Undefined where the user may not even connect to. */
  permissions(name: string, vhost: string): Permissions | undefined {
    const user = this.#users.get(name);
    if (user === undefined) return undefined;
    return user.permissions === undefined ? everything : user.permissions.get(vhost);
  }

  #user(name: string): User {
    const user = this.#users.get(name);
    if (user === undefined) throw new Error(`there is no user '${name}'`);
    return user;
  }

  #add(name: string, accepts: User['accepts'], tags: readonly string[]): void {
    this.#users.set(name, { accepts, tags, permissions: this.#users.get(name)?.permissions });
  }
}
