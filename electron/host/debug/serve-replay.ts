/** The worker's side of looking into the past: holds a recording and runs its contexts again. */
import { parentPort, workerData } from 'node:worker_threads';
import { LuaDebugger } from '../../../lua-runtime/debugger/lua-debugger.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  Intervention,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { ReverseSearch } from '../../../lua-runtime/debugger/reverse-search.ts';
import type { DebuggerStart } from '../../../lua-runtime/debugger/lua-debugger.ts';
import { UNATTENDED_PORT } from '../../../lua-runtime/debugger/unattended-port.ts';
import type { RuntimeHost } from '../../../lua-runtime/kumod/runtime-contract.ts';
import { latin1Bytes } from '../../../lua-runtime/recording/byte-text.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { threadsOf } from '../../../lua-runtime/recording/recording-threads.ts';
import { createVm } from '../../../lua-runtime/vm/create-vm.ts';
import type { LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';
import type { WasmModule } from '../../../lua-runtime/vm/platform.ts';
import { publishCaller } from '../worker/position-publisher.ts';
import { ScriptStateWriter } from '../worker/script-state.ts';
import { createWorkspaceReader } from '../worker/workspace-reader.ts';
import { BlockingPort } from './blocking-port.ts';
import type { AnswerQuery } from './blocking-port.ts';
import { CommandInbox } from './command-inbox.ts';
import { countPass } from './count-pass.ts';
import { DebuggedContext } from './debugged-context.ts';
import { ReplayGate } from './replay-gate.ts';
import type { SearchResult } from './replay-gate.ts';
import { ReplayPass, ReplayProblem } from './replay-pass.ts';
import type { Instrument } from './replay-pass.ts';
import type {
  EntryTick,
  ReplayMessage,
  ReplayRequest,
  ReplaySetup,
  ReplayStart,
} from './replay-messages.ts';
import { searchPass } from './search-pass.ts';

/** Answers the host's requests until the thread ends. To be called in a worker thread. */
export function serveReplay(): void {
  if (parentPort === null) throw new Error('A replay runs in a worker thread only.');
  const port = parentPort;
  const server = new ReplayServer(workerData as ReplaySetup, (message) => {
    port.postMessage(message);
  });
  port.on('message', (request: ReplayRequest) => {
    server.handle(request);
  });
}

class ReplayServer {
  readonly #setup: ReplaySetup;
  readonly #post: (message: ReplayMessage) => void;
  readonly #state: ScriptStateWriter;
  readonly #inbox: CommandInbox;
  readonly #entries: Entry[] = [];
  readonly #readWorkspace: (path: string) => Uint8Array | undefined;
  /** The engine that runs or ran last. */
  #vm: LuaVm | undefined;

  constructor(setup: ReplaySetup, post: (message: ReplayMessage) => void) {
    this.#setup = setup;
    this.#post = post;
    this.#state = new ScriptStateWriter(setup.state);
    this.#inbox = new CommandInbox(setup);
    this.#readWorkspace = createWorkspaceReader(setup.workspaceRoot);
    // The first engine of a thread takes longer to start than the others.
    this.#createVm(0).close();
  }

  handle(request: ReplayRequest): void {
    try {
      switch (request.kind) {
        case 'entries':
          for (const entry of request.entries) this.#entries.push(entry);
          break;
        case 'place':
          this.#post({
            kind: 'debug',
            report: { kind: 'placed', places: this.#place(request.breakpoints) },
          });
          break;
        case 'go':
          this.#inbox.pass = request.start.pass;
          this.#go(request.start);
          break;
        case 'count':
          this.#inbox.pass = request.pass;
          this.#post({ kind: 'counted', ticks: this.#count(request.context) });
          break;
      }
    } catch (error) {
      const problem =
        error instanceof ReplayProblem
          ? error.message
          : `The workbench itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      this.#post({ kind: 'failed', problem });
    }
  }

  #go(start: ReplayStart): void {
    const result = start.search && this.#search(start.search, start.context);
    const runToTick = result === undefined ? start.runToTick : (result.found ?? 1);
    const gate: ReplayGate = new ReplayGate({
      start,
      result,
      pass: () => pass,
      tick: () => debugged.tick,
    });
    const port = new BlockingPort({
      inbox: this.#inbox,
      post: (report) => {
        this.#post({ kind: 'debug', report });
      },
      standStill: (wait) => this.#state.pause(wait),
      // A replay repeats them by itself.
      intervened: () => undefined,
      gate,
    });
    const debuggerStart: DebuggerStart = {
      breakpoints: start.breakpoints,
      stopOnEntry: start.stopOnEntry,
      interventions: this.#interventions(start.context),
      ...(runToTick === undefined ? {} : { runToTick }),
    };
    const debugged: DebuggedContext = new DebuggedContext({
      port,
      readFile: (path) => this.#readFile(path),
      start: debuggerStart,
    });
    const pass: ReplayPass = this.#pass(start.context, {
      attach: (vm) => debugged.attach(vm),
      around: (host) => debugged.around(host),
      uncaught: debugged.uncaught,
      onEnd: () => {
        if (gate.owesEnd) debugged.stopAtEnd(gate.endDescription);
        return gate.reachedEnd();
      },
    });
    try {
      pass.run(() => {
        if (!gate.owesEnd) return;
        if (pass.isOpen) debugged.stopAtEnd(gate.endDescription);
        else port.stopped(endOf(gate.endDescription), NOTHING_THERE);
      });
    } finally {
      pass.close();
    }
    this.#post({ kind: 'ended', end: gate.end });
  }

  #search(search: ReverseSearch, context: number): SearchResult {
    const found = searchPass({
      search,
      interventions: this.#interventions(context),
      readFile: (path) => this.#readFile(path),
      pass: (instrument) => this.#pass(context, instrument),
    });
    return { search, found };
  }

  #count(context: number): EntryTick[] {
    const thread = threadsOf(this.#entries).find((candidate) => candidate.context === context);
    return countPass({
      recorded: thread?.entries ?? [],
      interventions: this.#interventions(context),
      pass: (instrument) => this.#pass(context, instrument),
    });
  }

  #pass(context: number, instrument: Instrument): ReplayPass {
    return new ReplayPass({
      entries: this.#entries,
      context,
      createVm: (seed) => this.#createVm(seed),
      instrument: { ...instrument, around: (host) => this.#watched(instrument.around(host)) },
    });
  }

  /** Says where the script is, so that a pause that cannot happen can be explained. */
  #watched(host: RuntimeHost): RuntimeHost {
    return {
      ...host,
      entersEngine: (L) => {
        if (this.#vm !== undefined) publishCaller(this.#vm, this.#state, L);
      },
      scriptStarts: (during) => {
        this.#state.start(during);
        host.scriptStarts(during);
      },
      scriptEnds: () => {
        this.#state.end();
        host.scriptEnds();
      },
    };
  }

  #createVm(seed: number): LuaVm {
    const { engine, lua54, memoryBytes } = this.#setup;
    const options = { seed, memoryLimitBytes: memoryBytes };
    this.#vm =
      engine === 'lua54'
        ? createVm({ engine, module: lua54 as unknown as WasmModule }, options)
        : createVm({ engine }, options);
    return this.#vm;
  }

  #place(breakpoints: BreakpointSet): readonly BreakpointPlace[] {
    const vm = this.#createVm(0);
    const readFile = (path: string) => this.#readFile(path);
    const places = new LuaDebugger({ vm, port: UNATTENDED_PORT, readFile }).setBreakpoints(
      breakpoints,
    );
    vm.close();
    return places;
  }

  /** As the recording has it, else as it is on disk. */
  #readFile(path: string): Uint8Array | undefined {
    const file = this.#entries.findLast((entry) => entry.kind === 'file' && entry.path === path);
    return file?.kind === 'file' ? latin1Bytes(file.text) : this.#readWorkspace(path);
  }

  #interventions(context: number): Intervention[] {
    return this.#entries.flatMap((entry) =>
      entry.kind === 'intervention' && entry.context === context
        ? [{ tick: entry.tick, event: entry.event ?? 0, query: entry.query }]
        : [],
    );
  }
}

/** A context that does not load leaves nothing to look at. */
function endOf(description: string): Stop {
  return { reason: 'end', description, breakpoints: [], thread: 1, tick: 0 };
}

const NOTHING_THERE: AnswerQuery = ({ kind }) => {
  switch (kind) {
    case 'threads':
      return { ok: true, value: [] };
    case 'stack':
      return { ok: true, value: { frames: [], total: 0 } };
    default:
      return { ok: false, error: 'The policy does not load, so there is nothing to look at.' };
  }
};
