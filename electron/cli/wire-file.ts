/** `--wire FILE`: the AMQP frames of every connection as text, one a line. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { formatAddress } from '../amqp/client/amqp-uri.ts';
import type { ConnectionObserver } from '../amqp/client-contract.ts';
import { ConnectionTrace } from '../amqp/wire-trace/connection-trace.ts';
import { frameLine } from '../amqp/wire-trace/frame-text.ts';
import { CommandProblem } from './cli-error.ts';
import type { CommandIo } from './command.ts';

const WRITE_CHARACTERS = 64 * 1024;
/** So that a file can be followed while frames pass. */
const WRITE_MILLISECONDS = 200;

export const WIRE_HELP = `  --wire FILE             writes the AMQP frames of every connection, decoded, one a line; - writes
                          them to stderr; passwords are left out`;

export class WireFile {
  readonly #write: (text: string) => void;
  readonly #fd: number | undefined;
  #lines: string[] = [];
  #characters = 0;
  #connections = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** Throws `CommandProblem` when the file cannot be written. */
  constructor(file: string, { err }: Pick<CommandIo, 'err'>) {
    if (file === '-') {
      this.#write = err;
      return;
    }
    try {
      const fd = openSync(file, 'w', 0o600);
      this.#fd = fd;
      this.#write = (text) => void writeSync(fd, text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandProblem(`--wire ${file} cannot be written (${why}); name another place.`);
    }
  }

  /** What the workbench dials. */
  readonly observer: ConnectionObserver = {
    trace: (address) => this.#trace(`dialling ${formatAddress(address)}`),
  };

  /** Who dials the embedded broker. */
  readonly traceClient = (): ConnectionTrace => this.#trace('a client came');

  /** Writes what is left; what still passes is not written. */
  close(): void {
    this.#flush();
    this.#closed = true;
    if (this.#fd !== undefined) closeSync(this.#fd);
  }

  #trace(what: string): ConnectionTrace {
    const id = ++this.#connections;
    const trace = new ConnectionTrace(id, (frame) => this.#add(`${id}  ${frameLine(frame)}\n`));
    trace.note('sent', what);
    return trace;
  }

  #add(line: string): void {
    if (this.#closed) return;
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#characters >= WRITE_CHARACTERS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), WRITE_MILLISECONDS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length > 0) this.#write(this.#lines.join(''));
    this.#lines = [];
    this.#characters = 0;
  }
}
