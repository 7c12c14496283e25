/**
 * Syntax errors in the words of the engine's own compiler, while a policy is being typed. Compiling
 * runs nothing of the script, so it happens here and not in a worker.
 */
import { LuaStatus } from '../../lua-runtime/vm/lua-vm.ts';
import type { EngineId, LuaVm } from '../../lua-runtime/vm/lua-vm.ts';
import type { Diagnostic } from '../bridge/workspace.ts';

/** `[string "…"]:3: …` or `init.lua:3: …`: the compiler puts the line between colons. */
const POSITION = /^(?:\[string ".*?"\]|[^\n]*?):(\d+): ([^\n]*)/;
const NEAR = /near '(.*)'$/;
const AT_END = /near <eof>$/;

export class SyntaxChecker {
  readonly #startVm: (engine: EngineId) => LuaVm;
  #vm: LuaVm | undefined;

  /** `startVm` gives an engine without libraries; it is kept for the checks to come. */
  constructor(startVm: (engine: EngineId) => LuaVm) {
    this.#startVm = startVm;
  }

  /** At most one diagnostic: a compiler stops at the first error. */
  check(engine: EngineId, file: string, text: string): Diagnostic[] {
    if (this.#vm?.engine !== engine) {
      this.close();
      this.#vm = this.#startVm(engine);
    }
    const vm = this.#vm;
    const L = vm.main;
    const source = new TextEncoder().encode(withoutShebang(text));
    // Named as text, so that a long path cannot push the line number out of the message.
    const status = vm.load(L, source, '=policy');
    const message = status === LuaStatus.ok ? undefined : vm.toDisplayText(L, -1);
    vm.setTop(L, 0);
    vm.collectGarbage();
    return message === undefined ? [] : [diagnosticOf(file, text, message)];
  }

  close(): void {
    this.#vm?.close();
    this.#vm = undefined;
  }
}

/** `message` is what the compiler said, with the position in front. */
export function diagnosticOf(file: string, text: string, message: string): Diagnostic {
  const match = POSITION.exec(message);
  const line = match ? Number(match[1]) - 1 : 0;
  const said = match?.[2] ?? message;
  const lines = text.split('\n');
  const last = Math.min(line, Math.max(0, lines.length - 1));
  const range = AT_END.test(said)
    ? endOf(lines, last)
    : rangeOf(lines[last] ?? '', last, NEAR.exec(said)?.[1]);
  return { file, range, severity: 1, code: 'syntax', message: said };
}

/** Marks the token that the compiler names, or all of the line that is not white space. */
function rangeOf(line: string, number: number, token: string | undefined): Diagnostic['range'] {
  const bare = line.replace(/\r$/, '');
  const at = token === undefined || token === '' ? -1 : bare.lastIndexOf(token);
  const from = at >= 0 ? at : bare.length - bare.trimStart().length;
  const to = at >= 0 ? at + (token ?? '').length : bare.trimEnd().length;
  return {
    start: { line: number, character: from },
    end: { line: number, character: Math.max(to, from + 1) },
  };
}

/** An error at the end of the file is marked on the last line that has something on it. */
function endOf(lines: readonly string[], from: number): Diagnostic['range'] {
  let line = from;
  while (line > 0 && (lines[line] ?? '').trim() === '') line--;
  return rangeOf(lines[line] ?? '', line, undefined);
}

/** A first line that starts with # is skipped when Lua loads a file; the line count stays. */
function withoutShebang(text: string): string {
  return text.startsWith('#') ? text.replace(/^[^\n]*/, '') : text;
}
