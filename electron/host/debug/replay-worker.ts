/** A replay worker as the host sees it: one thread that looks into the past, one pass at a time. */
import { Worker } from 'node:worker_threads';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswers,
  DebugQuery,
  LoggedLine,
  Resume,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import { ScriptStateReader, allocateScriptState } from '../worker/script-state.ts';
import type { ScriptWhereabouts } from '../worker/worker-contract.ts';
import { builtWorkerProgram, lua54ModuleOf } from '../worker/worker-program.ts';
import { DebugChannel } from './debug-channel.ts';
import type {
  EntryTick,
  ReplayEnd,
  ReplayMessage,
  ReplayRequest,
  ReplaySetup,
  ReplayStart,
} from './replay-messages.ts';

/** A replay that is to be left and does not come to a line within this is ended with its thread. */
const LEAVE_WITHIN_MS = 1_000;

export interface ReplayWorkerOptions {
  readonly engine: EngineId;
  readonly memoryBytes: number;
  readonly workspaceRoot: string;
  readonly onLogged: (context: number, line: LoggedLine) => void;
}

/** What came of a replay that was started or went on. */
export type ReplayOutcome = { readonly kind: 'stopped'; readonly stop: Stop } | ReplayEnd;

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

export class ReplayWorker {
  readonly #thread: Worker;
  readonly #channel: DebugChannel;
  readonly #state: ScriptStateReader;
  #sent = 0;
  /** The context that runs or ran last. */
  #context = 0;
  /** Whoever waits for what the pass does next; there is a pass while `#isBusy`. */
  #outcome: Waiting<ReplayOutcome> | undefined;
  #isBusy = false;
  #idle: (() => void) | undefined;
  #places: (Waiting<readonly BreakpointPlace[]> & { readonly breakpoints: BreakpointSet })[] = [];
  #counted: Waiting<readonly EntryTick[]> | undefined;
  #ended: Error | undefined;

  constructor(options: ReplayWorkerOptions) {
    const memory = allocateScriptState();
    this.#state = new ScriptStateReader(memory);
    this.#channel = new DebugChannel({
      onStopped: (stop) => {
        this.#settle(({ resolve }) => resolve({ kind: 'stopped', stop }));
      },
      onLogged: (line) => options.onLogged(this.#context, line),
      onPlaced: (places) => {
        this.#places.shift()?.resolve(places);
      },
    });
    const program = builtWorkerProgram();
    const setup: ReplaySetup = {
      replay: true,
      engine: options.engine,
      lua54: options.engine === 'lua54' ? lua54ModuleOf(program) : undefined,
      memoryBytes: options.memoryBytes,
      workspaceRoot: options.workspaceRoot,
      state: memory,
      ...this.#channel.wire,
    };
    this.#thread = new Worker(program.workerFile, {
      workerData: setup,
      transferList: [setup.commands],
      env: {},
      execArgv: [],
    });
    this.#thread.on('message', (message: ReplayMessage) => {
      this.#receive(message);
    });
    this.#thread.on('error', (error) => {
      this.#fail(
        new Error(`The replay failed, which is a fault of the workbench: ${error.message}`),
      );
    });
    this.#thread.on('exit', () => {
      this.#fail(new Error('The replay was ended.'));
    });
  }

  get isGone(): boolean {
    return this.#ended !== undefined;
  }

  /** An evaluation hangs: only `end` helps. */
  get hangs(): boolean {
    return this.#channel.hangs;
  }

  get standing(): Stop | undefined {
    return this.#channel.standing;
  }

  /** Hands over the entries that it does not have yet: `entries` begins as it did before. */
  update(entries: readonly Entry[]): void {
    if (entries.length === this.#sent) return;
    this.#post({ kind: 'entries', entries: entries.slice(this.#sent) });
    this.#sent = entries.length;
  }

  /** Runs a context; nothing may be running. Rejects with a sentence when it cannot be shown. */
  go(start: Omit<ReplayStart, 'pass'>): Promise<ReplayOutcome> {
    const pass = this.#newPass();
    this.#context = start.context;
    return this.#next(() => this.#post({ kind: 'go', start: { ...start, pass } }));
  }

  resume(resume: Resume): Promise<ReplayOutcome> {
    return this.#next(() => this.#channel.resume(resume));
  }

  pause(): void {
    this.#channel.pause();
  }

  whereabouts(): ScriptWhereabouts {
    return this.#state.whereabouts();
  }

  ask<K extends DebugQuery['kind']>(
    query: Extract<DebugQuery, { kind: K }>,
  ): Promise<DebugAnswers[K]> {
    return this.#channel.ask(query);
  }

  /** Also for the pass that is going on. */
  place(breakpoints: BreakpointSet): Promise<readonly BreakpointPlace[]> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      this.#places.push({ resolve, reject, breakpoints });
      if (this.#isBusy) this.#channel.setBreakpoints(breakpoints);
      else this.#post({ kind: 'place', breakpoints });
    });
  }

  /** Counts: at which tick each entry of a context happened. */
  count(context: number): Promise<readonly EntryTick[]> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      this.#counted = { resolve, reject };
      this.#post({ kind: 'count', pass: this.#newPass(), context });
    });
  }

  /** Leaves the pass that is going on. @returns false when the thread had to be ended for it. */
  async leave(): Promise<boolean> {
    if (!this.#isBusy) return !this.isGone;
    const isIdle = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), LEAVE_WITHIN_MS);
      this.#idle = () => {
        clearTimeout(timer);
        resolve(!this.isGone);
      };
    });
    this.#channel.leave();
    if (await isIdle) return true;
    await this.end();
    return false;
  }

  async end(): Promise<void> {
    this.#fail(new Error('The replay was ended.'));
    await this.#thread.terminate();
  }

  #newPass(): number {
    this.#isBusy = true;
    return ++this.#channel.pass;
  }

  #next(begin: () => void): Promise<ReplayOutcome> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      this.#outcome = { resolve, reject };
      begin();
    });
  }

  #receive(message: ReplayMessage): void {
    switch (message.kind) {
      case 'debug':
        this.#channel.receive(message.report);
        break;
      case 'ended':
        this.#settle(({ resolve }) => resolve(message.end));
        this.#becomeIdle();
        break;
      case 'counted':
        this.#counted?.resolve(message.ticks);
        this.#becomeIdle();
        break;
      case 'failed': {
        const problem = new Error(message.problem);
        if (!this.#isBusy) this.#places.shift()?.reject(problem);
        this.#counted?.reject(problem);
        this.#settle(({ reject }) => reject(problem));
        this.#becomeIdle();
        break;
      }
    }
  }

  #settle(settle: (waiting: Waiting<ReplayOutcome>) => void): void {
    const outcome = this.#outcome;
    this.#outcome = undefined;
    if (outcome !== undefined) settle(outcome);
  }

  #becomeIdle(): void {
    this.#isBusy = false;
    this.#counted = undefined;
    // What the pass did not come to is answered without it.
    for (const { breakpoints } of this.#places) this.#post({ kind: 'place', breakpoints });
    this.#idle?.();
    this.#idle = undefined;
  }

  #fail(error: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    this.#channel.close();
    this.#counted?.reject(error);
    this.#settle(({ reject }) => reject(error));
    for (const { reject } of this.#places.splice(0)) reject(error);
    this.#becomeIdle();
  }

  #post(request: ReplayRequest): void {
    this.#thread.postMessage(request);
  }
}
