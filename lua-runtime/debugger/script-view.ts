/** What a debugger sees of a script: its parts, and what of them is asked while it runs. */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LineTrace } from '../vm/line-trace.ts';
import { isDescribed } from '../vm/described-object.ts';
import { nativeFunctionOf } from '../vm/native-function.ts';
import { CallStack } from './call-stack.ts';
import type { Intervention, Tick } from './debugger-contract.ts';
import { ErrorCatchers } from './error-catchers.ts';
import { Evaluator } from './evaluator.ts';
import { FrameVariables } from './frame-variables.ts';
import { FunctionNames } from './function-names.ts';
import { Handlers } from './handlers.ts';
import { Interventions } from './interventions.ts';
import { LibrarySnapshot } from './library-snapshot.ts';
import { QueryAnswers } from './query-answers.ts';
import { ScratchThread } from './scratch-thread.ts';
import { Threads } from './threads.ts';
import type { ValueText } from './value-text.ts';
import { ValueTexts } from './value-text.ts';
import { Variables } from './variables.ts';

export interface ScriptViewParts {
  readonly trace: () => LineTrace | undefined;
  readonly intervened: (intervention: Intervention) => void;
}

export class ScriptView {
  readonly threads: Threads;
  readonly stack: CallStack;
  readonly evaluator: Evaluator;
  readonly handlers = new Handlers();
  readonly interventions = new Interventions();
  readonly catchers: ErrorCatchers;
  readonly answers: QueryAnswers;
  private readonly vm: LuaVm;
  private readonly parts: ScriptViewParts;
  private readonly names: FunctionNames;
  private readonly scratch: ScratchThread;
  readonly frames: FrameVariables;
  private readonly texts: ValueTexts;
  private readonly variables: Variables;
  private library: LibrarySnapshot | undefined;

  constructor(
    vm: LuaVm,
    readFile: (path: string) => Uint8Array | undefined,
    parts: ScriptViewParts,
  ) {
    this.vm = vm;
    this.parts = parts;
    const library = (): LibrarySnapshot | undefined => this.library;
    this.threads = new Threads(vm);
    this.catchers = new ErrorCatchers(vm, this.threads);
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
    const { threads, stack, interventions, scratch, frames, texts } = this;
    this.evaluator = new Evaluator({ vm, trace: parts.trace, scratch, frames, library });
    this.variables = new Variables({ vm, scratch, frames, texts, library });
    const { evaluator, variables } = this;
    this.answers = new QueryAnswers({
      ...{ vm, threads, stack, scratch, frames, texts, evaluator, variables, interventions },
      intervened: parts.intervened,
    });
  }

  get tick(): Tick {
    return this.parts.trace()?.ticks ?? 0;
  }

  /** Remembers what is there before the policy's first line. */
  takeSnapshot(L: LuaState): void {
    this.library = new LibrarySnapshot(this.vm, L);
    this.catchers.learn(this.library);
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

/** The last part of `sender:send` or `routes.find`. */
function lastName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
}
