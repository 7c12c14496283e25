/** A script that stands still, as questions about it are answered. */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LineTrace } from '../vm/line-trace.ts';
import { isDescribed } from '../vm/described-object.ts';
import { nativeFunctionOf } from '../vm/native-function.ts';
import { CallStack } from './call-stack.ts';
import type { FramePlace } from './call-stack.ts';
import { completionsAt } from './completions.ts';
import type {
  DebugAnswer,
  DebugAnswers,
  DebugQuery,
  Intervention,
  Tick,
  Variable,
  VariableLocation,
} from './debugger-contract.ts';
import { Evaluator } from './evaluator.ts';
import { FrameVariables } from './frame-variables.ts';
import { FunctionNames } from './function-names.ts';
import { Handlers } from './handlers.ts';
import { Interventions } from './interventions.ts';
import { LibrarySnapshot } from './library-snapshot.ts';
import { ScratchThread } from './scratch-thread.ts';
import { Threads } from './threads.ts';
import { locateVariable } from './variable-path.ts';
import type { ValueText } from './value-text.ts';
import { ValueTexts } from './value-text.ts';
import { Variables } from './variables.ts';
import type { Container } from './variables.ts';

export interface ScriptViewParts {
  readonly trace: () => LineTrace | undefined;
  readonly intervened: (intervention: Intervention) => void;
}

/** A question cannot be answered; `message` is for the person who asked. */
class Unanswerable extends Error {}

const PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\]|\["[^"\\\n]*"\]|\['[^'\\\n]*'\])*$/;

export class ScriptView {
  readonly threads: Threads;
  readonly stack: CallStack;
  readonly evaluator: Evaluator;
  readonly handlers = new Handlers();
  readonly interventions = new Interventions();
  private readonly vm: LuaVm;
  private readonly parts: ScriptViewParts;
  private readonly names: FunctionNames;
  private readonly scratch: ScratchThread;
  readonly frames: FrameVariables;
  private readonly texts: ValueTexts;
  private readonly variables: Variables;
  private library: LibrarySnapshot | undefined;
  private catchers: ReadonlySet<unknown> = new Set();
  private resumeFunction: unknown = NOTHING;

  constructor(
    vm: LuaVm,
    readFile: (path: string) => Uint8Array | undefined,
    parts: ScriptViewParts,
  ) {
    this.vm = vm;
    this.parts = parts;
    const library = (): LibrarySnapshot | undefined => this.library;
    this.threads = new Threads(vm);
    this.names = new FunctionNames(readFile);
    this.stack = new CallStack({
      vm,
      threads: this.threads,
      names: this.names,
      library,
      handler: () => this.handlers.current(),
    });
    this.scratch = new ScratchThread(vm);
    this.frames = new FrameVariables(vm, this.stack);
    this.texts = new ValueTexts({
      vm,
      functionText: (L) => this.functionText(L),
      threadText: (thread) => this.threadText(thread),
      userdataText: (L) => this.userdataText(L),
    });
    const { scratch, frames, texts } = this;
    this.evaluator = new Evaluator({ vm, trace: parts.trace, scratch, frames, library });
    this.variables = new Variables({ vm, scratch, frames, texts, library });
  }

  get tick(): Tick {
    return this.parts.trace()?.ticks ?? 0;
  }

  /** Remembers what is there before the policy's first line. */
  takeSnapshot(L: LuaState): void {
    const library = new LibrarySnapshot(this.vm, L);
    this.library = library;
    this.catchers = new Set(['pcall', 'xpcall'].flatMap((name) => library.functionsNamed(name)));
    [this.resumeFunction] = library.functionsNamed('coroutine.resume');
  }

  /** The depth of the innermost function of a thread that catches errors; 0 when there is none. */
  catcherDepth(L: LuaState): number {
    return this.depthOf(L, this.catchers);
  }

  /**
   * Whether an error that was raised in the thread that runs leaves the script: nobody catches it
   * there, nor in the threads that wait, as far as it gets to them.
   */
  leavesScript(): boolean {
    const { threads } = this;
    const chain = [...threads.chain()].reverse();
    return chain.every((L, i) => {
      // coroutine.resume gives errors back, the function that coroutine.wrap made raises them again.
      const resumes = i > 0 && this.topFunction(L) === this.resumeFunction;
      return !resumes && this.catcherDepth(L) === 0;
    });
  }

  private depthOf(L: LuaState, wanted: ReadonlySet<unknown>): number {
    const { vm } = this;
    const top = vm.stackDepth(L);
    for (let depth = top; depth > 0; depth--) {
      const activation = vm.getStack(L, top - depth);
      if (activation === undefined || vm.instructionAt(L, activation) !== undefined) continue;
      if (wanted.has(nativeFunctionOf(vm, L, activation))) return depth;
    }
    return 0;
  }

  private topFunction(L: LuaState): unknown {
    const activation = this.vm.getStack(L, 0);
    return activation === undefined ? undefined : nativeFunctionOf(this.vm, L, activation);
  }

  /** Forgets all numbers that were given to frames' contents and values. */
  release(): void {
    this.variables.release();
  }

  /** Does what was done here before. */
  intervene(): void {
    for (const { query } of this.interventions.takeDue()) {
      if (query.kind !== 'evaluate') continue;
      const frame = query.frame === undefined ? undefined : this.stack.place(query.frame);
      this.scratch.using(() => this.evaluator.evaluate(frame, query.expression, 'act'));
    }
  }

  answer(query: DebugQuery): DebugAnswer<DebugQuery['kind']> {
    try {
      return { ok: true, value: this.valueOf(query) };
    } catch (problem) {
      if (problem instanceof Unanswerable) return { ok: false, error: problem.message };
      throw problem;
    }
  }

  /** Whether a condition holds in the innermost frame; its error's text when it fails. */
  test(condition: string): boolean | string {
    return this.scratch.using((L) => {
      const end = this.evaluator.evaluate(this.stack.innermost(), condition, 'look');
      if (!end.ok) return end.error;
      return end.count > 0 && this.vm.toBoolean(L, -end.count);
    });
  }

  /** What an expression gives in the innermost frame, for a log: text as it is. */
  display(expression: string): string {
    return this.scratch.using((L) => {
      const end = this.evaluator.evaluate(this.stack.innermost(), expression, 'look');
      if (!end.ok) return `<${end.error}>`;
      const texts: string[] = [];
      for (let i = -end.count; i < 0; i++) {
        const isText = this.vm.type(L, i) === LuaType.string;
        const text = this.texts.whole(L, i);
        // Text reads better without quotes, bytes need their escapes.
        texts.push(isText && !text.endsWith(')') ? (this.vm.toText(L, i) ?? '') : text);
      }
      return texts.join(', ');
    });
  }

  /** How a function that was just called may be named: where it is defined, and by its caller. */
  functionNames(L: LuaState, activation: LuaActivation): string[] {
    const { vm, library } = this;
    const info = vm.getInfo(L, activation);
    const names: string[] = [];
    if (info.what === 'C') {
      const known = library?.nameOf(nativeFunctionOf(vm, L, activation));
      if (known !== undefined) names.push(known);
    } else {
      const defined = this.names.nameOf(info);
      if (defined !== undefined) names.push(defined, lastName(defined));
      const event = L === vm.main && vm.stackDepth(L) === 1 ? this.handlers.current() : undefined;
      if (event !== undefined) names.push(event);
    }
    if (info.name !== undefined) names.push(info.name);
    return names;
  }

  private valueOf(query: DebugQuery): DebugAnswers[DebugQuery['kind']] {
    switch (query.kind) {
      case 'threads':
        return this.threads.list();
      case 'stack': {
        const L = this.threads.find(query.thread);
        if (L === undefined) throw new Unanswerable(`There is no thread ${query.thread} any more.`);
        return this.stack.frames(L, query.start, query.count === 0 ? MAX_FRAMES : query.count);
      }
      case 'scopes':
        return this.variables.scopes(this.placeOf(query.frame));
      case 'variables': {
        const { filter, start, count } = query;
        const children = this.variables.children(query.ref, {
          ...(filter === undefined ? undefined : { filter }),
          ...(start === undefined ? undefined : { start }),
          ...(count === undefined ? undefined : { count }),
        });
        if (children === undefined) throw new Unanswerable(GONE);
        return children;
      }
      case 'set-variable':
        return this.setVariable(query.ref, query.name, query.value);
      case 'evaluate':
        return this.evaluate(query);
      case 'locate':
        return this.locate(query.ref, query.name);
      case 'completions':
        return this.completions(query);
    }
  }

  private locate(ref: number, name: string): VariableLocation {
    const { container, child } = this.childOf(ref, name);
    const frame = ('frame' in container ? container.frame : undefined) ?? this.stack.innermost();
    const location =
      child.expression === undefined
        ? undefined
        : locateVariable(this.frames, frame, this.threads.numberOf(frame.L), child.expression);
    if (location === undefined)
      throw new Unanswerable(`${name} cannot be followed back from here.`);
    return location;
  }

  private childOf(
    ref: number,
    name: string,
  ): { readonly container: Container; readonly child: Variable } {
    const container = this.variables.container(ref);
    if (container === undefined) throw new Unanswerable(GONE);
    const child = this.variables.children(ref, {})?.find((candidate) => candidate.name === name);
    if (child !== undefined) return { container, child };
    throw new Unanswerable(
      `There is no ${name} here. A new global or field is made in the console: ${name} = 1.`,
    );
  }

  private placeOf(frame: number): FramePlace {
    const place = this.stack.place(frame);
    if (place === undefined) throw new Unanswerable(GONE);
    return place;
  }

  private evaluate(query: Extract<DebugQuery, { kind: 'evaluate' }>): Variable {
    const frame = query.frame === undefined ? this.stack.innermost() : this.placeOf(query.frame);
    const { expression } = query;
    return this.scratch.using((L) => {
      let end = this.evaluator.evaluate(frame, expression, 'look');
      if (!end.ok && end.refused === true && query.context === 'repl') {
        this.act(frame, expression);
        end = this.evaluator.evaluate(frame, expression, 'act');
      }
      if (!end.ok) throw new Unanswerable(end.error);
      const path = PATH.test(expression.trim()) ? expression.trim() : undefined;
      return this.resultOf(L, end.count, expression, path, frame);
    });
  }

  /** The results of an evaluation, on top of the stack, as one value. */
  private resultOf(
    L: LuaState,
    count: number,
    name: string,
    path: string | undefined,
    frame: FramePlace,
  ): Variable {
    const { vm } = this;
    if (count === 0) return { name, value: '', type: 'nothing', ref: 0 };
    const others: string[] = [];
    for (let i = 1 - count; i < 0; i++) others.push(this.texts.shown(L, i).value);
    vm.pushValue(L, -count);
    const first = this.variables.describe(L, name, path, frame);
    return others.length === 0 ? first : { ...first, value: [first.value, ...others].join(', ') };
  }

  private setVariable(ref: number, name: string, value: string): Variable {
    const { container, child } = this.childOf(ref, name);
    const { expression } = child;
    const frame = 'frame' in container ? container.frame : undefined;
    if (expression === undefined || child.readOnly === true || container.kind === 'varargs') {
      throw new Unanswerable(`${name} cannot be set from here.`);
    }
    const place = frame ?? this.stack.innermost();
    const assignment = `${expression} = ${value}\n`;
    return this.scratch.using((L) => {
      const isExpression = this.evaluator.evaluate(place, value, 'look');
      if (!isExpression.ok && isExpression.refused !== true) {
        throw new Unanswerable(isExpression.error);
      }
      this.act(place, assignment);
      const end = this.evaluator.evaluate(place, assignment, 'act');
      if (!end.ok) throw new Unanswerable(end.error);
      this.variables.changed();
      const read = this.evaluator.evaluate(place, expression, 'look');
      if (!read.ok) throw new Unanswerable(read.error);
      return this.resultOf(L, read.count, name, expression, place);
    });
  }

  /** Tells of something that changes the script, before it does. */
  private act(frame: FramePlace, expression: string): void {
    const { tick, event } = this.interventions.place;
    const query = {
      kind: 'evaluate',
      expression,
      frame: this.stack.idOf(frame),
      context: 'repl',
    } as const;
    this.parts.intervened({ tick, event, query });
  }

  private completions(
    query: Extract<DebugQuery, { kind: 'completions' }>,
  ): DebugAnswers['completions'] {
    const frame = query.frame === undefined ? this.stack.innermost() : this.placeOf(query.frame);
    const { vm, scratch, frames, evaluator } = this;
    return completionsAt({ vm, scratch, frames, evaluator }, frame, query.text, query.column);
  }

  /** For the function on top of the stack. */
  private functionText(L: LuaState): string {
    const { vm, library, names } = this;
    const fn = vm.nativeFunction(L, -1);
    if (fn !== undefined) return library?.nameOf(fn) ?? 'in C';
    vm.pushValue(L, -1);
    const info = vm.functionInfo(L);
    const file = info.source.startsWith('@') ? info.source.slice(1) : info.shortSource;
    const place = `${file}:${info.lineDefined}`;
    const name = names.nameOf(info);
    return name === undefined ? `<${place}>` : `${name} <${place}>`;
  }

  private threadText(thread: LuaState): string {
    const { threads } = this;
    const number = threads.numberOf(thread);
    const name = number === 0 ? 'coroutine' : number === 1 ? 'main' : `coroutine ${number}`;
    return `${name}, ${threads.statusOf(thread)}`;
  }

  private userdataText(L: LuaState): ValueText {
    const { vm } = this;
    const type = vm.objectTypeName(L, -1) ?? 'userdata';
    const object = vm.toObject(L, -1);
    if (!isDescribed(object)) return { value: type, type };
    const { text } = object.describe();
    return { value: text === '' ? type : `${type} ${text}`, type };
  }
}

/** Equal to nothing that a set of functions could hold. */
const NOTHING = Symbol('nothing');
const MAX_FRAMES = 1000;
const GONE = 'This belongs to a place where the script is no more. Ask again.';

/** The last part of `sender:send` or `routes.find`. */
function lastName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
}
