/**
 * Runs a policy under the debugger, driven by a list of what to do at each stop. The port is a real
 * one that lives in the same thread.
 */
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswer,
  DebugAnswers,
  DebuggerPort,
  DebugQuery,
  EvaluationContext,
  Frame,
  Intervention,
  LoggedLine,
  Resume,
  Stop,
  Variable,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import { LuaDebugger } from '../../../lua-runtime/debugger/lua-debugger.ts';
import type { DebuggerStart } from '../../../lua-runtime/debugger/lua-debugger.ts';
import { ReverseSearcher } from '../../../lua-runtime/debugger/reverse-search.ts';
import type { ReverseSearch } from '../../../lua-runtime/debugger/reverse-search.ts';
import { createPolicyRuntime } from '../../../lua-runtime/kumod/policy-runtime.ts';
import type { PolicyRuntime } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';
import type { EngineId, LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';
import { ENGINES, MemoryHost, SEED, startVm } from '../kumod/policy-run.ts';

export { ENGINES };

/** The script stands still: what one can ask. */
export class Standstill {
  readonly stop: Stop;
  readonly debugger: LuaDebugger;
  private readonly answer: (query: DebugQuery) => DebugAnswer<DebugQuery['kind']>;

  constructor(
    stop: Stop,
    luaDebugger: LuaDebugger,
    answer: (query: DebugQuery) => DebugAnswer<DebugQuery['kind']>,
  ) {
    this.stop = stop;
    this.debugger = luaDebugger;
    this.answer = answer;
  }

  get line(): number | undefined {
    return this.stop.location?.line;
  }

  ask<K extends DebugQuery['kind']>(query: Extract<DebugQuery, { kind: K }>): DebugAnswers[K] {
    const answer = this.answer(query);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value as DebugAnswers[K];
  }

  problem(query: DebugQuery): string {
    const answer = this.answer(query);
    if (answer.ok) throw new Error(`answered ${JSON.stringify(answer.value)}`);
    return answer.error;
  }

  frames(thread = this.stop.thread): readonly Frame[] {
    return this.ask({ kind: 'stack', thread, start: 0, count: 0 }).frames;
  }

  /** `name file:line`, the innermost first. */
  stack(thread?: number): string[] {
    return this.frames(thread).map(({ name, location, tail }) =>
      [name, location && `${location.file}:${location.line}`, tail && 'tail']
        .filter((part) => part !== undefined)
        .join(' '),
    );
  }

  frame(level = 0): number {
    return this.frames()[level]?.id ?? -1;
  }

  scope(name: string, level = 0): readonly Variable[] {
    const scopes = this.ask({ kind: 'scopes', frame: this.frame(level) });
    const scope = scopes.find((candidate) => candidate.name === name);
    return scope === undefined ? [] : this.children(scope.ref);
  }

  scopeRef(name: string, level = 0): number {
    const scopes = this.ask({ kind: 'scopes', frame: this.frame(level) });
    return scopes.find((candidate) => candidate.name === name)?.ref ?? -1;
  }

  children(
    ref: number,
    page: { filter?: 'indexed' | 'named'; start?: number; count?: number } = {},
  ): readonly Variable[] {
    return this.ask({ kind: 'variables', ref, ...page });
  }

  /** `name = value` for each variable of a scope. */
  shown(scope: string, level = 0): string[] {
    return this.scope(scope, level).map(({ name, value }) => `${name} = ${value}`);
  }

  evaluate(expression: string, context: EvaluationContext = 'watch', level = 0): Variable {
    return this.ask({ kind: 'evaluate', expression, context, frame: this.frame(level) });
  }

  value(expression: string, context: EvaluationContext = 'watch', level = 0): string {
    return this.evaluate(expression, context, level).value;
  }

  refusal(expression: string, context: EvaluationContext = 'watch'): string {
    return this.problem({ kind: 'evaluate', expression, context, frame: this.frame() });
  }
}

/** What to do at a stop; unless it gives a `Resume` the script continues. */
export type Step = (at: Standstill) => unknown;

export interface DebuggedOptions extends Partial<DebuggerStart> {
  readonly files?: { readonly [path: string]: string };
  /** What the client sends while the script runs, from a tick on. */
  readonly requests?: readonly (ReturnType<DebuggerPort['takeRequests']> & {
    readonly at: number;
  })[];
  readonly confirm?: 'Ack' | 'Nack';
  /** Runs with the loaded policy; default: nothing more. */
  readonly then?: (runtime: PolicyRuntime) => void;
}

export class DebuggedPolicy {
  readonly stops: Stop[] = [];
  readonly logged: LoggedLine[] = [];
  readonly placed: (readonly BreakpointPlace[])[] = [];
  readonly interventions: Intervention[] = [];
  readonly entries: EntryBody[] = [];
  /** What steps threw. */
  private readonly problems: unknown[] = [];
  readonly vm: LuaVm;
  readonly debugger: LuaDebugger;
  ticks = 0;

  constructor(engine: EngineId, policy: string, steps: readonly Step[], options: DebuggedOptions) {
    const vm = startVm(engine, SEED);
    this.vm = vm;
    const host = new MemoryHost({ 'init.lua': policy, ...options.files });
    if (options.confirm !== undefined) host.answers = { confirm: options.confirm };
    const remaining = [...steps];
    const requests = [...(options.requests ?? [])];
    const port: DebuggerPort = {
      stopped: (stop, answer) => {
        this.stops.push(stop);
        const step = remaining.shift();
        try {
          const resume = step?.(new Standstill(stop, this.debugger, answer));
          if (isResume(resume)) return resume;
        } catch (problem) {
          // Thrown here it would become an error of the script.
          this.problems.push(problem);
        }
        return { kind: 'continue' };
      },
      wantsAttention: () => requests[0] !== undefined && requests[0].at <= this.debugger.tick,
      takeRequests: () => requests.shift() ?? { pause: false },
      logged: (line) => this.logged.push(line),
      placed: (places) => this.placed.push(places),
      intervened: (intervention) => this.interventions.push(intervention),
    };
    const readFile = (path: string): Uint8Array | undefined => host.readFile(path);
    this.debugger = new LuaDebugger({ vm, port, readFile });
    const openLibraries = vm.openLibraries.bind(vm);
    vm.openLibraries = () => {
      openLibraries();
      this.debugger.attach({ breakpoints: NO_BREAKPOINTS, ...options });
    };
    const emit = host.emit.bind(host);
    host.emit = (entry) => {
      this.entries.push(entry);
      emit(entry);
      this.debugger.observe(entry);
    };
    const load = createPolicyRuntime(vm, host, {
      policyFile: 'init.lua',
      seed: SEED,
      uncaught: (L) => this.debugger.uncaught(L),
    });
    if (load.ok) options.then?.(load.runtime);
    this.ticks = this.debugger.tick;
    if (remaining.length > 0 && load.ok) {
      this.debugger.stopAtEnd('The run is over');
    }
    if (this.problems.length > 0) throw this.problems[0];
  }

  /** The lines where it stopped. */
  get lines(): (number | undefined)[] {
    return this.stops.map(({ location }) => location?.line);
  }

  get reasons(): string[] {
    return this.stops.map(({ reason }) => reason);
  }

  get prints(): string[] {
    return this.entries.flatMap((entry) => (entry.kind === 'print' ? [entry.text] : []));
  }
}

export function debugPolicy(
  engine: EngineId,
  policy: string,
  steps: readonly Step[] = [],
  options: DebuggedOptions = {},
): DebuggedPolicy {
  return new DebuggedPolicy(engine, policy, steps, options);
}

/** Runs the policy once more, which repeats it, and looks for a place before a tick. */
export function searchBack(
  engine: EngineId,
  policy: string,
  search: ReverseSearch,
  options: Pick<DebuggedOptions, 'files' | 'then' | 'interventions' | 'confirm'> = {},
): number | undefined {
  const vm = startVm(engine, SEED);
  const host = new MemoryHost({ 'init.lua': policy, ...options.files });
  if (options.confirm !== undefined) host.answers = { confirm: options.confirm };
  const found: (number | undefined)[] = [];
  const searcher = new ReverseSearcher({
    vm,
    readFile: (path) => host.readFile(path),
    search,
    interventions: options.interventions ?? [],
    found: (tick) => found.push(tick),
  });
  const openLibraries = vm.openLibraries.bind(vm);
  vm.openLibraries = () => {
    openLibraries();
    searcher.attach();
  };
  const emit = host.emit.bind(host);
  host.emit = (entry) => {
    emit(entry);
    searcher.observe(entry);
  };
  const load = createPolicyRuntime(vm, host, {
    policyFile: 'init.lua',
    seed: SEED,
    uncaught: () => searcher.uncaught(),
  });
  if (load.ok) options.then?.(load.runtime);
  searcher.end();
  if (found.length !== 1) throw new Error(`found was called ${found.length} times`);
  return found[0];
}

function isResume(value: unknown): value is Resume {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Breakpoints on lines of init.lua, numbered from 1. */
export function onLines(...lines: number[]): BreakpointSet {
  return {
    ...NO_BREAKPOINTS,
    lines: lines.map((line, i) => ({ id: i + 1, file: 'init.lua', line })),
  };
}

export const over = (): Resume => ({ kind: 'step-over' });
export const into = (): Resume => ({ kind: 'step-in' });
export const out = (): Resume => ({ kind: 'step-out' });
export const repeat = (count: number, step: Step): Step[] =>
  Array.from({ length: count }, () => step);
