/**
 * The values that variables take, line by line: what a line reads as it is before the line runs, what
 * it assigns as it is when the next line of the same call, or its end, comes.
 */
import { isDescribed } from '../../vm/described-object.ts';
import type { LuaActivation, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import { ValueTexts } from '../value-text.ts';
import type { CoveredFile } from './covered-file.ts';
import type { Mention } from './variable-mentions.ts';

interface LineUnderWay {
  readonly file: CoveredFile;
  readonly line: number;
}

/** Longer texts are cut: these are for hovering over a name. */
const MAX_TEXT = 80;
/** For a value, and what showing it needs. */
const STACK_SLOTS = 20;

export class ValueWatch {
  readonly #vm: LuaVm;
  readonly #texts: ValueTexts;
  readonly #underWay = new Map<unknown, LineUnderWay>();

  constructor(vm: LuaVm) {
    this.#vm = vm;
    this.#texts = new ValueTexts({
      vm,
      functionText: () => '',
      threadText: () => 'coroutine',
      userdataText: (L) => {
        const type = vm.objectTypeName(L, -1) ?? 'userdata';
        const object = vm.toObject(L, -1);
        const text = isDescribed(object) ? object.describe().text : '';
        return { value: text === '' ? type : `${type} ${text}`, type };
      },
    });
  }

  onCall(activation: LuaActivation): void {
    this.#underWay.delete(this.#vm.callIdentity(activation));
  }

  onLine(L: LuaState, file: CoveredFile, line: number, activation: LuaActivation): void {
    const call = this.#vm.callIdentity(activation);
    this.#note(L, this.#underWay.get(call), 'assigned', activation);
    const now = { file, line };
    this.#note(L, now, 'read', activation);
    this.#underWay.set(call, now);
  }

  onReturn(L: LuaState, activation: LuaActivation): void {
    const call = this.#vm.callIdentity(activation);
    this.#note(L, this.#underWay.get(call), 'assigned', activation);
    this.#underWay.delete(call);
  }

  #note(
    L: LuaState,
    at: LineUnderWay | undefined,
    access: Mention['access'],
    activation: LuaActivation,
  ): void {
    if (at === undefined) return;
    const { file, line } = at;
    for (const mention of file.mentionsOn(line)) {
      if (mention.access !== access) continue;
      const value = this.#valueOf(L, activation, mention.name);
      if (value !== undefined) file.values.add(line, mention.name, value);
    }
  }

  /** Of the innermost local of this name, or of the upvalue; undefined for a global. */
  #valueOf(L: LuaState, activation: LuaActivation, wanted: string): string | undefined {
    const vm = this.#vm;
    const top = vm.getTop(L);
    if (!vm.checkStack(L, STACK_SLOTS)) return undefined;
    const isFound =
      this.#pushLocal(L, activation, wanted) || this.#pushUpvalue(L, activation, wanted);
    const text = isFound ? this.#texts.shown(L, -1).value.trimEnd() : undefined;
    vm.setTop(L, top);
    return text === undefined || text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
  }

  #pushLocal(L: LuaState, activation: LuaActivation, wanted: string): boolean {
    const vm = this.#vm;
    let found = 0;
    for (let n = 1; ; n++) {
      const name = vm.getLocal(L, activation, n);
      if (name === undefined) break;
      vm.pop(L, 1);
      if (name === wanted) found = n;
    }
    return found > 0 && vm.getLocal(L, activation, found) !== undefined;
  }

  #pushUpvalue(L: LuaState, activation: LuaActivation, wanted: string): boolean {
    const vm = this.#vm;
    vm.pushActivationFunction(L, activation);
    for (let n = 1; ; n++) {
      const name = vm.getUpvalue(L, -1, n);
      if (name === wanted) return true;
      if (name === undefined) return false;
      vm.pop(L, 1);
    }
  }
}
