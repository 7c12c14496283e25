/**
 * Compiling without running, in a vm of its own so that nothing moves in the policy's: which lines
 * of a file have code, and whether a text is an expression.
 */
import { withoutFirstComment } from '../kumo/package-library.ts';
import { chunkNameOf } from '../kumo/source-location.ts';
import { LuaStatus } from '../vm/lua-vm.ts';
import type { LuaVm } from '../vm/lua-vm.ts';
import { encodeUtf8 } from '../vm/platform.ts';

export type CodeLines =
  | { readonly ok: true; readonly lines: readonly number[] }
  | { readonly ok: false; readonly error: string };

export class CodeCheck {
  private readonly policy: LuaVm;
  private vm: LuaVm | undefined;

  constructor(policy: LuaVm) {
    this.policy = policy;
  }

  /** The lines with code, ascending; `error` is Lua's own message. */
  linesOf(path: string, bytes: Uint8Array): CodeLines {
    const vm = this.engine();
    const L = vm.main;
    const status = vm.load(L, withoutFirstComment(bytes), chunkNameOf(path));
    if (status === LuaStatus.ok) return { ok: true, lines: vm.functionLines(L) };
    const error = vm.toText(L, -1) ?? '';
    vm.pop(L, 1);
    return { ok: false, error };
  }

  /** What Lua has against a text as an expression; undefined when nothing. */
  expressionProblem(text: string): string | undefined {
    const vm = this.engine();
    const L = vm.main;
    const status = vm.load(L, encodeUtf8(expressionChunk(text)), EXPRESSION_CHUNK);
    const problem = status === LuaStatus.ok ? undefined : (vm.toText(L, -1) ?? '');
    vm.pop(L, 1);
    return problem === undefined ? undefined : withoutChunkName(problem);
  }

  /** Gives the memory back; it comes again when it is needed. */
  close(): void {
    this.vm?.close();
    this.vm = undefined;
  }

  private engine(): LuaVm {
    this.vm ??= this.policy.sibling();
    return this.vm;
  }
}

/** A raw chunk name that no file has. */
export const EXPRESSION_CHUNK = '=(expression)';
const POSITION = /^\(expression\):\d+: /;

/** The line end is for an expression that ends in a comment. */
export function expressionChunk(text: string): string {
  return `return ${text}\n`;
}

/** A message of Lua about an expression, whose line number says nothing. */
export function withoutChunkName(message: string): string {
  return message.replace(POSITION, '');
}
