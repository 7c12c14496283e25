import { createHash, timingSafeEqual } from 'node:crypto';

/** The password hashes of RabbitMQ's definitions files, by the name of their Erlang module. */
const algorithms: { readonly [hashingAlgorithm: string]: string } = {
  rabbit_password_hashing_sha256: 'sha256',
  rabbit_password_hashing_sha512: 'sha512',
  rabbit_password_hashing_md5: 'md5',
};

const saltBytes = 4;

/** Who may log in. */
export class Users {
  readonly #checks = new Map<string, (password: string) => boolean>();

  set(name: string, password: string): void {
    this.#checks.set(name, (given) => given === password);
  }

  /**
   * `hash` is base64 of a 4-byte salt and the digest of salt and password, as RabbitMQ exports it.
   * An empty hash is a user that cannot log in. Throws `Error` for an unknown algorithm.
   */
  setHashed(name: string, hash: string, hashingAlgorithm: string): void {
    const algorithm = algorithms[hashingAlgorithm];
    if (algorithm === undefined) {
      throw new Error(
        `The user '${name}' has a password hashed with '${hashingAlgorithm}', which is none of ${Object.keys(algorithms).join(', ')}.`,
      );
    }
    const salted = Buffer.from(hash, 'base64');
    const salt = salted.subarray(0, saltBytes);
    const digest = salted.subarray(saltBytes);
    this.#checks.set(name, (given) => {
      const actual = createHash(algorithm).update(salt).update(given).digest();
      return actual.length === digest.length && timingSafeEqual(actual, digest);
    });
  }

  accepts(name: string, password: string): boolean {
    return this.#checks.get(name)?.(password) ?? false;
  }
}
