import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

const loopback = '127.0.0.1';

/** How often and how far apart the port is asked for again after it was given up for a while. */
const retries = 40;
const retryMilliseconds = 50;

/** The listening socket: it can refuse connections for a while and then have the same port again. */
export class Listener {
  readonly #onConnection: (socket: Socket) => void;
  #server: Server | undefined;
  #port: number | undefined;
  #refusing = false;
  #accepting: Promise<void> | undefined;

  constructor(onConnection: (socket: Socket) => void) {
    this.#onConnection = onConnection;
  }

  /** Undefined until `listen` and after `stop`. */
  get port(): number | undefined {
    return this.#port;
  }

  /** Resolves to the port. Rejects with the system's error, and when it listens already. */
  async listen(port: number): Promise<number> {
    if (this.#port !== undefined) {
      throw new Error(`The embedded broker listens already, on port ${this.#port}.`);
    }
    this.#refusing = false;
    this.#server = await this.#bind(port);
    this.#port = (this.#server.address() as AddressInfo).port;
    return this.#port;
  }

  /** Closes the listening socket, so that the system refuses connections; the port is remembered. */
  refuse(): void {
    this.#refusing = true;
    this.#server?.close();
    this.#server = undefined;
  }

  /** Listens again on the remembered port. Does nothing while it listens or has been stopped. */
  async accept(): Promise<void> {
    this.#refusing = false;
    this.#accepting ??= this.#listenAgain().finally(() => {
      this.#accepting = undefined;
    });
    await this.#accepting;
  }

  stop(): void {
    this.refuse();
    this.#port = undefined;
  }

  async #listenAgain(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const port = this.#port;
      if (port === undefined || this.#refusing || this.#server !== undefined) return;
      try {
        const server = await this.#bind(port);
        if (this.#isWanted(port)) this.#server = server;
        else server.close();
        return;
      } catch (error) {
        if (attempt === retries) {
          throw new Error(
            `Another program took port ${port} while the embedded broker refused connections; start the broker anew.`,
            { cause: error },
          );
        }
        await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
      }
    }
  }

  /** It may have been stopped or refused anew while the system made the listening socket. */
  #isWanted(port: number): boolean {
    return this.#port === port && !this.#refusing;
  }

  #bind(port: number): Promise<Server> {
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true }, this.#onConnection);
      server.once('error', reject);
      server.listen(port, loopback, () => {
        server.removeListener('error', reject);
        // Such as too many open files: that one connection is lost, those after it may succeed.
        server.on('error', () => undefined);
        resolve(server);
      });
    });
  }
}
