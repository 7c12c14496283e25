/** The functions on the stacks of a context's threads, named as a person would name them. */
import type { LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { ActivationInfo } from '../vm/lua-inspection.ts';
import { nativeFunctionOf } from '../vm/native-function.ts';
import type { SourceLocation, StackFrame } from '../recording/entries.ts';
import type { Frame } from './debugger-contract.ts';
import type { FunctionNames } from './function-names.ts';
import type { LibrarySnapshot } from './library-snapshot.ts';
import type { Threads } from './threads.ts';

/** A frame by what it is, rather than by a level that depends on the top of the stack. */
export interface FramePlace {
  readonly L: LuaState;
  /** From 1, the function that was called first. */
  readonly depth: number;
}

/** Frame numbers are the thread's number times this, plus the depth: the same again in a replay. */
const DEPTHS = 1_000_000;

export interface CallStackParts {
  readonly vm: LuaVm;
  readonly threads: Threads;
  readonly names: FunctionNames;
  readonly library: () => LibrarySnapshot | undefined;
  /** The event or method that kumod called, while it runs on the main thread. */
  readonly handler: () => string | undefined;
}

export class CallStack {
  private readonly parts: CallStackParts;
  /** Functions on top of the current thread that are not the script's. */
  hiddenLevels = 0;

  constructor(parts: CallStackParts) {
    this.parts = parts;
  }

  /** The innermost first. */
  frames(L: LuaState, start: number, count: number): { frames: Frame[]; total: number } {
    const { vm } = this.parts;
    const depth = this.depthOf(L);
    const frames: Frame[] = [];
    const end = Math.min(depth, start + count);
    for (let i = start; i < end; i++) frames.push(this.frame({ L, depth: depth - i }));
    if (depth === 0 && L === vm.main && start === 0 && count > 0) {
      // Nothing runs: what can be looked at belongs to the context.
      frames.push({ id: this.idOf({ L, depth: 0 }), name: 'kumod', kind: 'host' });
      return { frames, total: 1 };
    }
    return { frames, total: depth };
  }

  /** Where a frame is that `frames` told of; undefined when it is gone. Depth 0 is no function. */
  place(id: number): FramePlace | undefined {
    const L = this.parts.threads.find(Math.floor(id / DEPTHS));
    const depth = id % DEPTHS;
    return L === undefined || depth > this.depthOf(L) ? undefined : { L, depth };
  }

  idOf({ L, depth }: FramePlace): number {
    return this.parts.threads.numberOf(L) * DEPTHS + depth;
  }

  /** The innermost function of the thread that runs, or of those that wait for it. */
  innermost(): FramePlace {
    const L = this.parts.threads.current();
    return { L, depth: this.depthOf(L) };
  }

  /** Valid until the next question of this kind. */
  activation({ L, depth }: FramePlace): LuaActivation | undefined {
    return depth < 1 ? undefined : this.parts.vm.getStack(L, this.parts.vm.stackDepth(L) - depth);
  }

  /** Where the innermost function of a policy file is. */
  location(L: LuaState): SourceLocation | undefined {
    for (let depth = this.depthOf(L); depth > 0; depth--) {
      const point = this.parts.vm.executionPoint(L, this.parts.vm.stackDepth(L) - depth);
      if (point?.source.startsWith('@') === true) {
        return { file: point.source.slice(1), line: point.line };
      }
    }
    return undefined;
  }

  /** The depth of the innermost Lua function of a thread; 0 when there is none. */
  luaDepth(L: LuaState): number {
    const { vm } = this.parts;
    const top = vm.stackDepth(L);
    for (let depth = top; depth > 0; depth--) {
      const activation = vm.getStack(L, top - depth);
      if (activation !== undefined && vm.instructionAt(L, activation) !== undefined) return depth;
    }
    return 0;
  }

  /** As a recording shows it. */
  traceback(L: LuaState, limit: number): StackFrame[] {
    return this.frames(L, 0, limit).frames.map(({ name, location }) =>
      location === undefined ? { function: name } : { function: name, location },
    );
  }

  private depthOf(L: LuaState): number {
    const { vm, threads } = this.parts;
    const hidden = L === threads.current() ? this.hiddenLevels : 0;
    return Math.max(0, vm.stackDepth(L) - hidden);
  }

  private frame(place: FramePlace): Frame {
    const { vm } = this.parts;
    const id = this.idOf(place);
    const activation = this.activation(place);
    if (activation === undefined) return { id, name: '?', kind: 'c' };
    const info = vm.getInfo(place.L, activation);
    const isFile = info.source.startsWith('@') && info.currentLine > 0;
    return {
      id,
      name: this.nameOf(place, activation, info),
      kind: info.what === 'C' ? 'c' : info.what === 'main' ? 'main' : 'lua',
      ...(isFile ? { location: { file: info.source.slice(1), line: info.currentLine } } : {}),
      ...(info.isTailCall ? { tail: true as const } : {}),
    };
  }

  private nameOf(place: FramePlace, activation: LuaActivation, info: ActivationInfo): string {
    const { vm, names, library, handler } = this.parts;
    const { L, depth } = place;
    if (info.what === 'main') return 'main chunk';
    if (info.what === 'C') {
      const known = library()?.nameOf(nativeFunctionOf(vm, L, activation));
      return known ?? info.name ?? 'function in C';
    }
    const defined = names.nameOf(info);
    const event = depth === 1 && L === vm.main ? handler() : undefined;
    return defined ?? event ?? calledName(info) ?? placeName(info);
  }
}

/** As it was called, where Lua can tell. */
function calledName({ name, nameWhat }: ActivationInfo): string | undefined {
  if (name === undefined || name === '?') return undefined;
  return nameWhat === 'metamethod' ? `metamethod ${name}` : name;
}

function placeName({ shortSource, lineDefined }: ActivationInfo): string {
  return `function <${shortSource}:${lineDefined}>`;
}
