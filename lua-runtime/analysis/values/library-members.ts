/** The names in Lua's own libraries (Lua 5.4 manual §6), without what policies never get here. */
export const LUA_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  string: [
    ...['byte', 'char', 'find', 'format', 'gmatch', 'gsub', 'len', 'lower', 'match', 'rep'],
    ...['reverse', 'sub', 'upper', 'pack', 'packsize', 'unpack', 'dump'],
  ],
  table: ['concat', 'insert', 'move', 'pack', 'remove', 'sort', 'unpack'],
  math: [
    ...['abs', 'ceil', 'cos', 'deg', 'exp', 'floor', 'fmod', 'huge', 'log', 'max', 'maxinteger'],
    ...['min', 'mininteger', 'modf', 'pi', 'rad', 'random', 'randomseed', 'sin', 'sqrt', 'tan'],
    ...['tointeger', 'type', 'ult', 'acos', 'asin', 'atan'],
  ],
  os: ['clock', 'date', 'difftime', 'getenv', 'time'],
  io: ['lines', 'open', 'read', 'write', 'type'],
  coroutine: ['close', 'create', 'isyieldable', 'resume', 'running', 'status', 'wrap', 'yield'],
  utf8: ['char', 'charpattern', 'codepoint', 'codes', 'len', 'offset'],
  package: ['config', 'cpath', 'loaded', 'path', 'preload', 'searchers', 'searchpath'],
};

/** What kumod has besides (mlua's safe libraries), and the workbench keeps from policies or refuses. */
export const MEMBERS_OF_KUMOD: Readonly<Record<string, readonly string[]>> = {
  os: ['execute', 'exit', 'remove', 'rename', 'setlocale', 'tmpname'],
  io: ['close', 'input', 'output', 'popen', 'stderr', 'stdin', 'stdout', 'tmpfile'],
  // Lua's own build for 5.3's programs (LUA_COMPAT_MATHLIB), which mlua's may be.
  math: ['cosh', 'frexp', 'ldexp', 'log10', 'pow', 'sinh', 'tanh'],
  package: ['loadlib'],
};
