/**
 * What a debugger of policies knows and answers, in terms of Lua and of kumod. Nothing here knows the
 * Debug Adapter Protocol, threads or sockets: `dap/` turns these into DAP, the worker carries them
 * between threads. All of it is plain data that can be cloned.
 *
 * The idea: a run is a recording that repeats exactly. A context's position in it is its `tick`, the
 * number of line events since the context was made; going back means running the recording again up
 * to an earlier tick, with every answer from outside taken from it.
 */
import type { PolicyFailure, SourceLocation } from '../recording/entries.ts';

/** Line events of one Lua context so far. 1 is the first line of the policy's main chunk. */
export type Tick = number;

/** A place where the script is to stop, or to log. `id` is the client's, unique over all kinds. */
export interface LineBreakpoint {
  readonly id: number;
  /** Relative to the workspace root with `/` separators. */
  readonly file: string;
  /** As asked; where it really stands is told by `BreakpointPlace`. */
  readonly line: number;
  /** A Lua expression over the frame: stops only when true. */
  readonly condition?: string;
  /** `5`, `== 5`, `>= 5`, `> 5`, `% 5`: on which hits it stops, counted where the condition holds. */
  readonly hitCondition?: string;
  /** Text with `{expressions}`: says it and does not stop. */
  readonly logMessage?: string;
}

/** Stops where a function of this name is entered: `send`, `sender:send`, `routes.find`. */
export interface FunctionBreakpoint {
  readonly id: number;
  readonly name: string;
  readonly condition?: string;
  readonly hitCondition?: string;
}

/**
 * What happens in a run that is worth a stop:
 * `handler` kumod enters a handler, constructor or method; `host-call` the script leaves Lua (its name:
 * `amqp.publish`); `reject` kumo.reject or kumo.disconnect is called; `thrown` an error is raised,
 * caught or not; `uncaught` one that leaves the handler; `nack` the broker refused a message;
 * `silent-loss` kumod logs a Delivery that the broker did not keep.
 */
export type DomainEvent =
  'handler' | 'host-call' | 'reject' | 'thrown' | 'uncaught' | 'nack' | 'silent-loss';

export interface EventBreakpoint {
  readonly id: number;
  readonly event: DomainEvent;
  /** Only this event, host call or reject code: a name, or several separated by commas; absent: all. */
  readonly only?: string;
}

/** All breakpoints: a new set replaces the one before. */
export interface BreakpointSet {
  readonly lines: readonly LineBreakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
  readonly events: readonly EventBreakpoint[];
}

export const NO_BREAKPOINTS: BreakpointSet = { lines: [], functions: [], events: [] };

/** What became of a breakpoint that was asked for. */
export interface BreakpointPlace {
  readonly id: number;
  readonly verified: boolean;
  /** Where it stands: the asked line, or the next one with code. */
  readonly line?: number;
  /** Why it is not verified or what is wrong with its condition, as a sentence. */
  readonly message?: string;
}

export type StopReason =
  /** Before the first line of the policy. */
  | 'entry'
  | 'step'
  | 'breakpoint'
  | 'function-breakpoint'
  | DomainEvent
  | 'pause'
  /** The line or position that was asked for. */
  | 'goto'
  /** Going back, or to a last change, found nothing earlier. */
  | 'start'
  /** The run is over, or the recording has nothing more. */
  | 'end';

export interface Stop {
  readonly reason: StopReason;
  /** One sentence for the person: `kumo.reject 500: {"status":"Nack"}`. */
  readonly description: string;
  readonly breakpoints: readonly number[];
  readonly thread: number;
  readonly tick: Tick;
  readonly location?: SourceLocation;
  readonly failure?: PolicyFailure;
}

/** How a script that stands still goes on. */
export type Resume =
  | { readonly kind: 'continue' }
  | { readonly kind: 'step-in' }
  | { readonly kind: 'step-over' }
  | { readonly kind: 'step-out' }
  /** To this line, wherever else it passes; breakpoints still count. */
  | { readonly kind: 'run-to'; readonly file: string; readonly line: number }
  /** To this tick, past all breakpoints. */
  | { readonly kind: 'run-to-tick'; readonly tick: Tick };

/** A coroutine of a context; 1 is the main thread. */
export interface LuaThread {
  readonly id: number;
  readonly name: string;
  readonly status: 'running' | 'suspended' | 'normal' | 'dead';
}

export interface Frame {
  /** Valid until the script goes on. */
  readonly id: number;
  /** `send`, `get_queue_config`, `main chunk`, `table.sort`. */
  readonly name: string;
  readonly kind: 'lua' | 'c' | 'main' | 'host';
  /** Absent for C functions and for code that is in no file. */
  readonly location?: SourceLocation;
  /** Called by a tail call: whoever called it is not on the stack any more. */
  readonly tail?: true;
}

export interface Scope {
  readonly name: 'Locals' | 'Arguments' | 'Varargs' | 'Upvalues' | 'Globals' | 'Registers';
  readonly ref: number;
  readonly count: number;
}

/** A value to look at. `ref` > 0 has children, valid until the script goes on. */
export interface Variable {
  readonly name: string;
  /** For reading, on one line: `'acme'`, `3.0`, `table, 2 fields`. */
  readonly value: string;
  /** `string`, `integer`, `float`, `Message` … */
  readonly type: string;
  readonly ref: number;
  /** Children by name and by position, where known. */
  readonly named?: number;
  readonly indexed?: number;
  /** A Lua expression that gives this value in the frame, where there is one. */
  readonly expression?: string;
  readonly readOnly?: true;
}

export interface Completion {
  readonly label: string;
  readonly kind: 'variable' | 'field' | 'method' | 'function' | 'keyword';
  /** What it replaces: characters before the caret. */
  readonly length: number;
}

/** Why an expression is evaluated: only `repl` may change things or call out. */
export type EvaluationContext = 'watch' | 'hover' | 'repl' | 'inline';

/** Questions to a script that stands still. */
export type DebugQuery =
  | { readonly kind: 'threads' }
  | {
      readonly kind: 'stack';
      readonly thread: number;
      readonly start: number;
      readonly count: number;
    }
  | { readonly kind: 'scopes'; readonly frame: number }
  | {
      readonly kind: 'variables';
      readonly ref: number;
      readonly filter?: 'indexed' | 'named';
      readonly start?: number;
      readonly count?: number;
    }
  /** `value` is a Lua expression over the innermost frame. */
  | {
      readonly kind: 'set-variable';
      readonly ref: number;
      readonly name: string;
      readonly value: string;
    }
  | {
      readonly kind: 'evaluate';
      readonly expression: string;
      readonly frame?: number;
      readonly context: EvaluationContext;
    }
  | {
      readonly kind: 'completions';
      readonly text: string;
      readonly column: number;
      readonly frame?: number;
    };

export interface DebugAnswers {
  threads: readonly LuaThread[];
  stack: { readonly frames: readonly Frame[]; readonly total: number };
  scopes: readonly Scope[];
  variables: readonly Variable[];
  'set-variable': Variable;
  evaluate: Variable;
  completions: readonly Completion[];
}

/** The answer to a question; `error` is a sentence for the person who asked. */
export type DebugAnswer<K extends DebugQuery['kind']> =
  | { readonly ok: true; readonly value: DebugAnswers[K] }
  | { readonly ok: false; readonly error: string };

/** A log point was passed. */
export interface LoggedLine {
  readonly breakpoint: number;
  readonly tick: Tick;
  readonly location: SourceLocation;
  readonly text: string;
}

/**
 * What a person did to a script while it stood still. A recording that was touched repeats with it.
 */
export interface Intervention {
  readonly tick: Tick;
  readonly query: Extract<DebugQuery, { kind: 'evaluate' | 'set-variable' }>;
}

/** How the debugger in the script's thread speaks with whoever debugs. All calls are synchronous. */
export interface DebuggerPort {
  /** The script stands still: answers questions through `answer` until told how to go on. */
  stopped(stop: Stop, answer: (query: DebugQuery) => DebugAnswer<DebugQuery['kind']>): Resume;
  /** Asked at each line, so it must be cheap: is there a message or a wish to pause? */
  wantsAttention(): boolean;
  /** Takes what came while the script ran. */
  takeRequests(): { readonly pause: boolean; readonly breakpoints?: BreakpointSet };
  logged(line: LoggedLine): void;
  placed(places: readonly BreakpointPlace[]): void;
  /** A person changed something: to be kept with the recording. */
  intervened(intervention: Intervention): void;
}

/** Where a debugged run stands, for a slider over it. */
export interface RunPosition {
  readonly context: number;
  readonly tick: Tick;
  /** The newest tick that was reached. */
  readonly last: Tick;
  /** False while in the past: what is seen comes from the recording. */
  readonly live: boolean;
}
