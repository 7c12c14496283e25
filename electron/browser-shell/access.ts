/** Who may talk to the browser shell: whoever followed its link once, from its own page. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const maxOpenTokens = 16;

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Finds a secret without telling by the time it takes how much of it was right. */
function indexOfSecret(digests: readonly Buffer[], secret: string): number {
  const wanted = digest(secret);
  return digests.findIndex((candidate) => timingSafeEqual(candidate, wanted));
}

/**
 * One-time tokens, each exchanged for a session that lives in a cookie. Only digests are kept. The
 * cookie's name holds the port, because cookies of one host are shared by all its ports.
 */
export class Access {
  readonly #tokens: Buffer[] = [];
  readonly #sessions: Buffer[] = [];
  readonly #cookieName: string;

  constructor(port: number) {
    this.#cookieName = `kumo-workbench-${port}`;
  }

  /** A new token. The oldest unused one expires when there are too many. */
  issueToken(): string {
    const token = newSecret();
    this.#tokens.push(digest(token));
    if (this.#tokens.length > maxOpenTokens) this.#tokens.shift();
    return token;
  }

  /** The `Set-Cookie` value of a new session; undefined when the token is unknown or used. */
  redeem(token: string): string | undefined {
    const index = indexOfSecret(this.#tokens, token);
    if (index < 0) return undefined;
    this.#tokens.splice(index, 1);
    const session = newSecret();
    this.#sessions.push(digest(session));
    return `${this.#cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a request's `Cookie` header holds a session of this server. */
  hasSession(cookieHeader: string | undefined): boolean {
    return (cookieHeader ?? '').split(';').some((pair) => {
      const [name, value] = pair.trim().split('=', 2);
      return (
        name === this.#cookieName &&
        value !== undefined &&
        indexOfSecret(this.#sessions, value) >= 0
      );
    });
  }
}

/**
 * Whether a `Host` header names this server on loopback. Any other name that leads here was made to
 * (DNS rebinding).
 */
export function isOwnHost(host: string | undefined, port: number): host is string {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Whether an `Origin` header is the page that `host` serves. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === `http://${host}`;
}
