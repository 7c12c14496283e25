/** Evaluates Lua in a frame of a script that stands still, on a thread of its own. */
import { LuaStatus, MULTIPLE_RESULTS } from '../vm/lua-vm.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LineTrace } from '../vm/line-trace.ts';
import { encodeUtf8 } from '../vm/platform.ts';
import type { FramePlace } from './call-stack.ts';
import { EXPRESSION_CHUNK, expressionChunk, withoutChunkName } from './code-check.ts';
import { EffectGuard } from './effect-guard.ts';
import { FrameEnvironment } from './frame-environment.ts';
import type { FrameVariables } from './frame-variables.ts';
import type { LibrarySnapshot } from './library-snapshot.ts';
import type { ScratchThread } from './scratch-thread.ts';

export interface EvaluatorParts {
  readonly vm: LuaVm;
  readonly trace: () => LineTrace | undefined;
  readonly scratch: ScratchThread;
  readonly frames: FrameVariables;
  readonly library: () => LibrarySnapshot | undefined;
}

/**
 * `look` takes expressions only and refuses whatever would change something; `act` takes statements
 * too and does everything that the script could do.
 */
export type EvaluationMode = 'look' | 'act';

/** On success the values are on top of the scratch stack. */
export type EvaluationEnd =
  | { readonly ok: true; readonly count: number }
  /** `refused`: only because it would have changed something, and before it did. */
  | { readonly ok: false; readonly error: string; readonly refused?: true };

interface Prepared {
  /** Where the function is on the stack; its arguments are above it. */
  readonly fn: number;
  readonly args: number;
  readonly mode: EvaluationMode;
  readonly frame: FramePlace | undefined;
  readonly text: string;
}

interface Running {
  readonly mode: EvaluationMode;
  readonly guard: EffectGuard;
  /** Milliseconds since the epoch. */
  readonly until: number;
  isTooLong: boolean;
}

const LIMIT_MS = 1000;
const INSTRUCTIONS_BETWEEN_LOOKS = 1000;
const MAX_COMPILED = 200;
const STATEMENT =
  'This is a statement, and only expressions can be evaluated here. Use the console for statements.';
const TOO_LONG = `The evaluation took longer than ${LIMIT_MS / 1000} s and was ended.`;

export class Evaluator {
  private readonly parts: EvaluatorParts;
  private readonly environment: FrameEnvironment;
  /** Registry references of compiled expressions. */
  private readonly compiled = new Map<string, number>();
  private running: Running | undefined;

  constructor(parts: EvaluatorParts) {
    this.parts = parts;
    this.environment = new FrameEnvironment(parts.vm, parts.frames);
  }

  /** Whether what runs is an evaluation, and no part of the script. */
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Whether it must leave no trace in the recording. */
  get isLooking(): boolean {
    return this.running?.mode === 'look';
  }

  /** Every event of the trace while an evaluation runs. */
  onEvent(L: LuaState, event: HookEvent, activation: LuaActivation): void {
    const { running } = this;
    if (running === undefined) return;
    if (event === 'count' && Date.now() > running.until) {
      running.isTooLong = true;
      // At each instruction from now on, so that no pcall of the expression goes on for long.
      this.parts.trace()?.setMask(L, { instructions: 1 });
      throw new Error(TOO_LONG);
    }
    if (running.mode === 'act') return;
    if (this.entersScript(L, event, activation)) {
      this.parts.trace()?.setMask(L, { calls: true, instructions: 1 });
    }
    running.guard.check(L, event, activation);
  }

  /** @param frame undefined: only globals are seen. Call inside `scratch.using`. */
  evaluate(frame: FramePlace | undefined, text: string, mode: EvaluationMode): EvaluationEnd {
    const { vm, scratch, frames } = this.parts;
    const { L } = scratch;
    if (text.trim() === '') return { ok: false, error: 'There is nothing to evaluate.' };
    const problem = this.pushFunction(L, text, mode);
    if (problem !== undefined) return problem;
    const fn = vm.getTop(L);
    this.environment.begin(L, frame, mode === 'act');
    vm.setUpvalue(L, fn, 1);
    let args = 0;
    if (frame !== undefined && text.includes('...')) {
      args = frames.varargCount(frame);
      vm.checkStack(L, args + 10);
      for (let n = 1; n <= args; n++) frames.pushLocal(frame, -n, L);
    }
    return this.run(L, { fn, args, mode, frame, text });
  }

  /** Whether a Lua function is called that is not the expression itself. */
  private entersScript(L: LuaState, event: HookEvent, activation: LuaActivation): boolean {
    const { vm } = this.parts;
    // The expression returns what it calls, so that call takes its place on the stack.
    const isInside = event === 'tail call' || (event === 'call' && vm.stackDepth(L) > 1);
    return isInside && vm.instructionAt(L, activation) !== undefined;
  }

  private run(L: LuaState, { fn, args, mode, frame, text }: Prepared): EvaluationEnd {
    const { vm, library } = this.parts;
    const trace = this.parts.trace();
    const ticks = trace?.ticks ?? 0;
    const callFrom = trace?.callFrom ?? 0;
    const guard = new EffectGuard(vm, library);
    const running: Running = { mode, guard, until: Date.now() + LIMIT_MS, isTooLong: false };
    this.running = running;
    // What an expression itself writes are the tables it makes; their makers are to be seen.
    const writesItself = text.includes('{');
    if (trace !== undefined) {
      trace.callFrom = Number.POSITIVE_INFINITY;
      trace.setMask(
        L,
        mode === 'look'
          ? { calls: true, instructions: writesItself ? 1 : INSTRUCTIONS_BETWEEN_LOOKS }
          : { instructions: INSTRUCTIONS_BETWEEN_LOOKS },
      );
    }
    const status = vm.pcall(L, args, MULTIPLE_RESULTS);
    this.running = undefined;
    this.environment.end();
    if (trace !== undefined) {
      trace.ticks = ticks;
      trace.callFrom = callFrom;
    }
    if (running.isTooLong) return { ok: false, error: TOO_LONG };
    if (guard.refusal !== undefined) return { ok: false, error: guard.refusal, refused: true };
    if (status === LuaStatus.ok) return { ok: true, count: vm.getTop(L) - fn + 1 };
    return { ok: false, error: this.errorText(L, frame) };
  }

  /** Pushes the compiled text, or returns what is wrong with it. */
  private pushFunction(L: LuaState, text: string, mode: EvaluationMode): EvaluationEnd | undefined {
    const { vm } = this.parts;
    const known = this.compiled.get(text);
    if (known !== undefined) {
      vm.pushRef(L, known);
      return undefined;
    }
    const asExpression = this.load(L, expressionChunk(text));
    if (asExpression === undefined) {
      if (mode === 'look') this.keep(L, text);
      return undefined;
    }
    const asStatement = this.load(L, text);
    if (asStatement === undefined) {
      if (mode === 'act') return undefined;
      vm.pop(L, 1);
      return { ok: false, error: STATEMENT, refused: true };
    }
    // What goes on after a whole expression was meant as a statement.
    const isStatement = asExpression.startsWith('<eof> expected');
    return { ok: false, error: isStatement ? asStatement : asExpression };
  }

  /** Pushes the compiled text, or returns what Lua has against it. */
  private load(L: LuaState, text: string): string | undefined {
    const { vm } = this.parts;
    if (vm.load(L, encodeUtf8(text), EXPRESSION_CHUNK) === LuaStatus.ok) return undefined;
    const problem = withoutChunkName(vm.toText(L, -1) ?? '');
    vm.pop(L, 1);
    return problem;
  }
  private keep(L: LuaState, text: string): void {
    const { vm } = this.parts;
    if (this.compiled.size >= MAX_COMPILED) {
      for (const ref of this.compiled.values()) vm.unref(L, ref);
      this.compiled.clear();
    }
    vm.pushValue(L, -1);
    this.compiled.set(text, vm.ref(L));
  }

  /** What the error on top of the stack says; Lua takes the frame's variables for globals. */
  private errorText(L: LuaState, frame: FramePlace | undefined): string {
    const { vm, frames } = this.parts;
    const object = vm.toObject(L, -1);
    const message =
      object !== undefined && 'message' in object && typeof object.message === 'string'
        ? object.message
        : (vm.toText(L, -1) ?? `an error that is a ${vm.typeName(vm.type(L, -1))}`);
    return withoutChunkName(message).replace(/\(global '([^']+)'\)/g, (whole, name: string) => {
      if (frame === undefined) return whole;
      if (frames.visibleLocal(frame, name) !== undefined) return `(local '${name}')`;
      const isUpvalue = frames.upvalues(frame).some((upvalue) => upvalue.name === name);
      return isUpvalue ? `(upvalue '${name}')` : whole;
    });
  }
}
