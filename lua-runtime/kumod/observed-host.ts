/**
 * The host as the script's side sees it: passes everything on and remembers the two things that
 * kumod's side wants to know afterwards, the files that were read and the last confirm the script saw.
 */
import type { HostCallName, HostCallResult, HostCalls, RuntimeHost } from './runtime-contract.ts';
import type { EntryBody } from '../recording/entries.ts';
import { latin1 } from '../recording/byte-text.ts';
import type { LuaState } from '../vm/lua-vm.ts';

export class ObservedHost implements RuntimeHost {
  readonly environment: RuntimeHost['environment'];
  readonly emit: (entry: EntryBody) => void;
  readonly now: () => number;
  readonly scriptStarts: (during: string) => void;
  readonly scriptEnds: () => void;
  readonly scriptClock: (read: number) => number;
  readonly entersEngine: (L: LuaState) => void;
  readonly isAside: () => boolean;
  /** Every workspace file that was read in this context, by path; each is recorded once. */
  readonly filesRead = new Map<string, Uint8Array>();
  /** `Ack`, `Nack` or `NotRequested` from the newest confirm that was awaited. */
  lastConfirmStatus: string | undefined = undefined;
  /** While false, what happens is told to nobody: see `EntryWriter`. */
  recording = true;
  readonly #host: RuntimeHost;

  constructor(host: RuntimeHost) {
    this.#host = host;
    this.environment = host.environment;
    this.emit = (entry) => {
      if (this.recording) host.emit(entry);
    };
    this.now = () => host.now();
    this.scriptClock = (read) =>
      host.scriptClock === undefined ? Math.floor(host.now()) : host.scriptClock(read);
    this.entersEngine = (L) => host.entersEngine?.(L);
    this.isAside = () => host.isAside?.() ?? false;
    this.scriptStarts = (during) => {
      host.scriptStarts(during);
    };
    this.scriptEnds = () => {
      host.scriptEnds();
    };
  }

  readFile(path: string): Uint8Array | undefined {
    const bytes = this.#host.readFile(path);
    if (bytes !== undefined && !this.filesRead.has(path)) {
      this.filesRead.set(path, bytes);
      // In every recording of this context, because each of them can only be replayed with it.
      this.#host.emit({ kind: 'file', at: this.now(), path, text: latin1(bytes) });
    }
    return bytes;
  }

  call<N extends HostCallName>(name: N, input: HostCalls[N]['input']): HostCallResult<N> {
    const result = this.#host.call(name, input);
    if (name === 'amqp.wait_confirm' && result.ok) {
      const output = result.output as HostCalls['amqp.wait_confirm']['output'];
      this.lastConfirmStatus = output.status;
    }
    return result;
  }
}
