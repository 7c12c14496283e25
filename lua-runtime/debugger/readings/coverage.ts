/**
 * Coverage of a run: which lines, functions and ways of conditionals ran, exactly, and the values that
 * variables took.
 *
 * Lines are counted as a debugger counts them, by line events. Ways are read off the instructions: a
 * conditional is an instruction that goes on in one of two places, and a count hook of 1 sees which of
 * them comes next in the same call. That makes the replay many times slower (see the benchmark
 * `readings`), which is why nothing of it runs while messages are delivered.
 */
import type { FunctionPrototype } from '../../vm/function-prototype.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import { decodeUtf8 } from '../../vm/platform.ts';
import type { Coverage } from '../run-reading.ts';
import { CoveredFile, inOrder, type CountedBranch, type CountedFunction } from './covered-file.ts';
import type { ContextProgress, ContextReading, Reading } from './reading.ts';
import { ValueWatch } from './value-watch.ts';

export class CoverageReading implements Reading<Coverage> {
  readonly #withValues: boolean;
  readonly #files = new Map<string, CoveredFile>();
  readonly #edited = new Set<string>();

  constructor(options: { readonly values: boolean }) {
    this.#withValues = options.values;
  }

  readContext(progress: ContextProgress): ContextReading {
    return new ContextCoverage(progress, this.#withValues, (path, text, main) =>
      this.#fileOf(path, text, main),
    );
  }

  result(problems: readonly string[]): Coverage {
    const files = [...this.#files.values()]
      .map((file) => file.coverage(this.#withValues))
      .sort((a, b) => (a.file < b.file ? -1 : 1));
    const edited = [...this.#edited].map(
      (path) => `${path} was edited during the run; its coverage is that of the newest text.`,
    );
    const notes = [...edited, ...problems];
    return { files, ...(notes.length === 0 ? undefined : { notes }) };
  }

  #fileOf(path: string, text: string, main: FunctionPrototype): CoveredFile {
    const known = this.#files.get(path);
    if (known?.text === text) return known;
    if (known !== undefined) this.#edited.add(path);
    const file = new CoveredFile(path, text, main);
    this.#files.set(path, file);
    return file;
  }
}

/** A conditional whose next instruction has not come yet. */
interface Pending {
  readonly branch: CountedBranch;
  readonly at: number;
}

class ContextCoverage implements ContextReading {
  readonly #progress: ContextProgress;
  readonly #withValues: boolean;
  readonly #fileOf: (path: string, text: string, main: FunctionPrototype) => CoveredFile;
  /** By the prototype's id. */
  readonly #functions = new Map<number, CountedFunction>();
  /** By call: a metamethod of a comparison runs between it and the way that it goes. */
  readonly #pending = new Map<unknown, Pending>();
  #values: ValueWatch | undefined;

  constructor(
    progress: ContextProgress,
    withValues: boolean,
    fileOf: (path: string, text: string, main: FunctionPrototype) => CoveredFile,
  ) {
    this.#progress = progress;
    this.#withValues = withValues;
    this.#fileOf = fileOf;
  }

  librariesOpen(vm: LuaVm): void {
    if (this.#withValues) this.#values = new ValueWatch(vm);
    const trace = vm.trace((L, event, line, activation) => {
      this.#onEvent(vm, L, event, line, activation);
    });
    trace.setMask(vm.main, { calls: true, returns: this.#withValues, instructions: 1 });
    trace.callFrom = 0;
    this.#progress.guard(trace);
  }

  fileLoaded(path: string, main: FunctionPrototype): void {
    const file = this.#fileOf(
      path,
      decodeUtf8(this.#progress.sourceOf(path) ?? new Uint8Array()),
      main,
    );
    inOrder(main).forEach((prototype, i) => {
      const counted = file.functions[i];
      if (counted !== undefined) this.#functions.set(prototype.id, counted);
    });
  }

  #onEvent(
    vm: LuaVm,
    L: LuaState,
    event: HookEvent,
    line: number,
    activation: LuaActivation,
  ): void {
    if (this.#progress.isStopped) this.#progress.stop();
    const point = vm.instructionAt(L, activation);
    const counted = point === undefined ? undefined : this.#functions.get(point.prototype);
    if (point === undefined || counted === undefined) return;
    switch (event) {
      case 'count':
        this.#onInstruction(vm, counted, point.instruction, activation);
        break;
      case 'line':
        this.#progress.check();
        counted.file.hitLine(line);
        this.#values?.onLine(L, counted.file, line, activation);
        break;
      case 'return':
        this.#values?.onReturn(L, activation);
        break;
      default:
        counted.hits++;
        // The record of a call that was left by an error may serve this one.
        this.#pending.delete(vm.callIdentity(activation));
        this.#values?.onCall(activation);
    }
  }

  #onInstruction(
    vm: LuaVm,
    counted: CountedFunction,
    instruction: number,
    activation: LuaActivation,
  ): void {
    const next = counted.branches[instruction];
    if (next === undefined && this.#pending.size === 0) return;
    const call = vm.callIdentity(activation);
    const pending = this.#pending.get(call);
    if (pending !== undefined) {
      const { branch, at } = pending;
      const [first, second] = branch.targets;
      if (instruction === first) branch.taken[0]++;
      // After a metamethod that yielded, the jump behind the test runs by itself.
      else if (instruction === second || (branch.kind === 'test' && instruction === at + 1)) {
        branch.taken[1]++;
      }
      this.#pending.delete(call);
    }
    if (next !== undefined) this.#pending.set(call, { branch: next, at: instruction });
  }
}
