/**
 * From Lua's chunk names to places in the workspace. Policy files are loaded under the chunk name
 * `@` + workspace-relative path. kumod itself loads the main policy under its bare path, which Lua
 * prints as `[string "/opt/kumomta/etc/policy/init.lua"]:12:`; here messages read `init.lua:12:`,
 * which people and programs can follow. Both shapes are understood.
 */
import { type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import type { SourceLocation, StackFrame } from '../recording/entries.ts';

/** The chunk name under which a policy file is to be loaded. */
export function chunkNameOf(path: string): string {
  return `@${path}`;
}

/** The file of a raw chunk name, or undefined for code that came from no file. */
function fileOf(source: string): string | undefined {
  return source.startsWith('@') ? source.slice(1) : undefined;
}

export function definitionLocation(info: {
  readonly source: string;
  readonly lineDefined: number;
}): SourceLocation | undefined {
  const file = fileOf(info.source);
  return file === undefined || info.lineDefined < 1 ? undefined : { file, line: info.lineDefined };
}

/** How far to look for policy code above a host function: pcall and string.gsub may be between. */
const CALL_SITE_LEVELS = 12;

/** Where the innermost policy function is executing, seen from a host function (level 0). */
export function callSite(vm: LuaVm, L: LuaState, firstLevel = 1): SourceLocation | undefined {
  for (let level = firstLevel; level < firstLevel + CALL_SITE_LEVELS; level++) {
    const point = vm.executionPoint(L, level);
    const file = point === undefined ? undefined : fileOf(point.source);
    if (point !== undefined && file !== undefined) return { file, line: point.line };
  }
  return undefined;
}

const POSITION = /^(?:\[string "(?<chunk>[^\n]*?)"\]|(?<file>[^\n:[][^\n:]*)):(?<line>\d+): /;

/** The `FILE:LINE: ` that Lua puts before a message, and the message without it. */
export function splitPosition(message: string): { location?: SourceLocation; rest: string } {
  const match = POSITION.exec(message);
  const groups = match?.groups;
  const file = groups?.file ?? groups?.chunk;
  if (match === null || file === undefined) return { rest: message };
  const rest = message.slice(match[0].length);
  if (!/^[^\s].*\.[A-Za-z0-9]+$/.test(file)) return { rest };
  return { location: { file, line: Number(groups?.line) }, rest };
}

const FRAME = /^\t(?<where>.*?):(?: in (?<what>.*))?$/;
const WHERE = /^(?:\[string "(?<chunk>.*)"\]|(?<file>[^[].*)):(?<line>\d+)$/;
const HEADER = 'stack traceback:';

/** Reads what `luaL_traceback` wrote. `sources` maps shortened chunk names back to their files. */
export function parseTraceback(
  text: string,
  sources: ReadonlyMap<string, string> = new Map(),
): StackFrame[] {
  const start = text.lastIndexOf(HEADER);
  if (start < 0) return [];
  const frames: StackFrame[] = [];
  for (const line of text.slice(start).split('\n').slice(1)) {
    const groups = FRAME.exec(line)?.groups;
    const where = groups?.where;
    if (where === undefined) {
      if (line.startsWith('\t')) frames.push({ function: line.trim() });
      continue;
    }
    const name = groups?.what ?? '?';
    if (where === '[C]') {
      frames.push({ function: name === '?' ? 'C function' : `C ${name}` });
      continue;
    }
    const place = WHERE.exec(where)?.groups;
    const short = place?.file ?? place?.chunk;
    if (short === undefined) frames.push({ function: name });
    else {
      const file = sources.get(short) ?? short;
      frames.push({ function: name, location: { file, line: Number(place?.line) } });
    }
  }
  return frames;
}
