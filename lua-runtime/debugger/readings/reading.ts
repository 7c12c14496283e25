/** What every reading of a run has in common: it sees each Lua context being replayed. */
import type { RuntimeHost } from '../../kumod/runtime-contract.ts';
import type { EntryBody } from '../../recording/entries.ts';
import { latin1Bytes } from '../../recording/byte-text.ts';
import { ReplayStopped, type ContextStart } from '../../recording/replay-stream.ts';
import type { FunctionPrototype } from '../../vm/function-prototype.ts';
import type { LineTrace } from '../../vm/line-trace.ts';
import type { EngineId, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import { LuaStatus } from '../../vm/lua-vm.ts';
import type { Tick } from '../debugger-contract.ts';

export interface Reading<R> {
  /** A context is about to be replayed. */
  readContext(progress: ContextProgress): ContextReading;
  /** Once all contexts were replayed. @param notes what is to be known about it, as sentences. */
  result(notes: readonly string[]): R;
}

/** Sees one context. Nothing is told after `finished`, nor once the replay was stopped. */
export interface ContextReading {
  /** To set the hooks: the libraries are open and nothing has run yet. */
  librariesOpen(vm: LuaVm): void;
  /** A file was compiled: its main chunk with everything in it. */
  fileLoaded?(file: string, main: FunctionPrototype): void;
  entry?(entry: EntryBody): void;
  /** Stands between the script and the recording. */
  around?(host: RuntimeHost): RuntimeHost;
  /** See `PolicyOptions.uncaught`. */
  uncaught?(L: LuaState): void;
  finished?(): void;
}

/** A script that was ended by a limit is let run so many lines beyond its last entry, or other events. */
const EVENTS_BEYOND_THE_END = 20_000;
/** Instructions between two `check`s of a reading that is not told of each line, when `isCutOff`. */
export const COUNT_OF_GUARD = 10_000;

/** Where the replay of a context is, and how it is left. */
export class ContextProgress {
  /** The message that the script works for. */
  message: number | undefined;
  /** True once the rest of the context is not to be read. */
  isStopped = false;
  /** Why, where it is not just the end of the recording. */
  problem: string | undefined;
  /** The last line event to be read; Infinity: all. */
  readonly lastTick: Tick;
  readonly #start: ContextStart;
  #eventsBeyond = 0;
  #trace: LineTrace | undefined;

  constructor(start: ContextStart, lastTick: Tick) {
    this.#start = start;
    this.lastTick = lastTick;
  }

  /** Its number in the recording. */
  get context(): number {
    return this.#start.context;
  }

  get engine(): EngineId {
    return this.#start.run.engine;
  }

  /** A limit ended the script, which then may never end by itself. */
  get isCutOff(): boolean {
    return this.#start.isCutOff;
  }

  get interventions(): ContextStart['interventions'] {
    return this.#start.interventions;
  }

  /** The bytes of a file as the run had it. */
  sourceOf(path: string): Uint8Array | undefined {
    const text = this.#start.files.get(path);
    return text === undefined ? undefined : latin1Bytes(text);
  }

  get tick(): Tick {
    return this.#trace?.ticks ?? 0;
  }

  /** Takes the trace of the reading, and has it call for the first line that is not to be read. */
  guard(trace: LineTrace): void {
    this.#trace = trace;
    trace.callFrom = Math.min(trace.callFrom, this.lastTick + 1);
  }

  /**
   * To be called first in each event.
   * @param events how many there were since the last time.
   * @throws ReplayStopped when the script went too far.
   */
  check(events = 1): void {
    if (this.isStopped || this.tick > this.lastTick) this.stop();
    if (!this.isCutOff || !this.#start.isAtEnd()) return;
    this.#eventsBeyond += events;
    if (this.#eventsBeyond > EVENTS_BEYOND_THE_END) this.stop();
  }

  /** Leaves the script for good: whatever it catches, it is stopped again at its next event. */
  stop(problem?: string): never {
    this.isStopped = true;
    this.problem ??= problem;
    if (this.#trace !== undefined) this.#trace.callFrom = 0;
    throw new ReplayStopped(problem ?? 'The recording ends here.');
  }
}

/** Tells of each file as it is compiled, however the script loads it. */
export function watchLoads(
  vm: LuaVm,
  loaded: (file: string, main: FunctionPrototype) => void,
): void {
  const load = vm.load.bind(vm);
  vm.load = (L, source, chunkName) => {
    const status = load(L, source, chunkName);
    if (status === LuaStatus.ok && chunkName.startsWith('@')) {
      vm.pushValue(L, -1);
      const main = vm.functionPrototype(L);
      if (main !== undefined) loaded(chunkName.slice(1), main);
    }
    return status;
  };
}
