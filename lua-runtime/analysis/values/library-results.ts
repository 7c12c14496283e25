/** What the functions of Lua's own libraries give (Lua 5.4 manual §6), as far as analysis cares. */
import { either, NIL, UNKNOWN, type Values } from './value.ts';

const STRING: Values = [{ kind: 'string' }];
const NUMBER: Values = [{ kind: 'number' }];
const BOOLEAN: Values = [{ kind: 'boolean' }];

const RESULTS: ReadonlyMap<string, readonly Values[]> = new Map<string, readonly Values[]>([
  ['tostring', [STRING]],
  ['type', [STRING]],
  ['tonumber', [either(NUMBER, NIL)]],
  ['rawequal', [BOOLEAN]],
  ['rawlen', [NUMBER]],
  ['collectgarbage', [UNKNOWN]],
  ['print', []],
  ['string.byte', [either(NUMBER, NIL), UNKNOWN]],
  ['string.char', [STRING]],
  ['string.find', [either(NUMBER, NIL), UNKNOWN]],
  ['string.format', [STRING]],
  ['string.gsub', [STRING, NUMBER]],
  ['string.len', [NUMBER]],
  ['string.lower', [STRING]],
  ['string.match', [either(STRING, NUMBER, NIL), UNKNOWN]],
  ['string.rep', [STRING]],
  ['string.reverse', [STRING]],
  ['string.sub', [STRING]],
  ['string.upper', [STRING]],
  ['table.concat', [STRING]],
  ['table.insert', []],
  ['os.clock', [NUMBER]],
  ['os.getenv', [either(STRING, NIL)]],
  ['os.time', [NUMBER]],
  ['coroutine.isyieldable', [BOOLEAN]],
  ['coroutine.status', [STRING]],
]);

/** The results of a call, in order; unknown for what is not listed. */
export function libraryResults(name: string): readonly Values[] {
  return RESULTS.get(name) ?? [UNKNOWN];
}

/** Lua's globals in kumod: mlua's safe libraries (lua-engines.md). */
export const LUA_GLOBALS: ReadonlySet<string> = new Set([
  ...['_G', '_VERSION', 'assert', 'collectgarbage', 'dofile', 'error', 'getmetatable', 'ipairs'],
  ...['load', 'loadfile', 'next', 'pairs', 'pcall', 'print', 'rawequal', 'rawget', 'rawlen'],
  ...['rawset', 'require', 'select', 'setmetatable', 'tonumber', 'tostring', 'type', 'warn'],
  ...['xpcall', 'coroutine', 'io', 'math', 'os', 'package', 'string', 'table', 'utf8'],
]);

export const LUA_LIBRARIES: ReadonlySet<string> = new Set([
  ...['coroutine', 'io', 'math', 'os', 'package', 'string', 'table', 'utf8'],
]);
