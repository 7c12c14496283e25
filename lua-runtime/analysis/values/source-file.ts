/** A Lua file of the workspace, read once for everything that analyses it. */
import { resolveBindings, type Bindings } from '../scopes/bindings.ts';
import { parseLua } from '../syntax/parser.ts';
import type { Chunk } from '../syntax/syntax-tree.ts';

export interface SourceFile {
  /** Relative to the workspace root with `/` separators. */
  readonly path: string;
  readonly text: string;
  readonly chunk: Chunk;
  readonly bindings: Bindings;
}

export function readSource(path: string, text: string): SourceFile {
  const chunk = parseLua(text);
  return { path, text, chunk, bindings: resolveBindings(chunk) };
}
