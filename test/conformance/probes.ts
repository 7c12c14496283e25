/**
 * Lua chunks with what kumod's Lua 5.4 gives for them (checked against PUC Lua 5.4), and the known
 * difference that makes an engine give something else.
 */
import type { EngineId } from '../../lua-runtime/vm/lua-vm.ts';

export interface Probe {
  readonly source: string;
  readonly expected: string;
  /** Ids of engine-differences.ts, one for each engine that answers differently. */
  readonly differs?: readonly string[];
}

const same = (source: string, expected: string): Probe => ({ source, expected });
const differs = (id: string, source: string, expected: string): Probe => ({
  source,
  expected,
  differs: [id],
});

const BITWISE_ON_STRING =
  'false, [string "return \'3\' | 0"]:1: ' +
  "attempt to perform bitwise operation on a string value (constant '3')";

export const PROBES: readonly Probe[] = [
  // Numbers
  differs('lua-version', 'return _VERSION', 'Lua 5.4'),
  differs('integers-32-bit', 'return math.maxinteger', '9223372036854775807'),
  differs('integers-32-bit', 'return 2147483647 + 1', '2147483648'),
  differs('integers-32-bit', 'return 1 << 40, 1 << 31', '1099511627776, 2147483648'),
  differs('integers-32-bit', 'return 1700000000 * 1000', '1700000000000'),
  differs('integers-32-bit', 'return 65536 * 65536', '4294967296'),
  differs('integers-32-bit', 'return 0xffffffff', '4294967295'),
  differs('integers-32-bit', 'return os.time() * 1000 > 0', 'true'),
  differs('integers-32-bit', "return tonumber('ffffffff', 16)", '4294967295'),
  differs('integers-32-bit', 'return math.abs(math.mininteger)', '-9223372036854775808'),
  differs('large-literals-are-floats', 'return 3000000000', '3000000000'),
  differs('large-literals-are-floats', 'return math.type(3000000000)', 'integer'),
  differs('large-literals-are-floats', "return string.format('%d', 3000000000)", '3000000000'),
  differs('large-literals-are-floats', 'return 2^53 | 0', '9007199254740992'),
  differs('large-literals-are-floats', 'return 9007199254740993 + 0', '9007199254740993'),
  differs('large-literals-are-floats', 'return next({ [3000000000] = 1 })', '3000000000, 1'),
  differs('large-literals-are-floats', 'return math.floor(3e9 + .5)', '3000000000'),
  differs(
    'loop-to-the-integer-limit',
    'local n = 0 for i = 2147483646, 2147483648 do n = n + 1 ' +
      "if n > 5 then error('endless') end end return n",
    '3',
  ),
  differs('binary-integers', "return string.unpack('>I4', '\\255\\0\\0\\1')", '4278190081, 5'),
  differs('string-arithmetic', "return '10' + 5", '15'),
  differs('string-arithmetic', "return pcall(load[[return '3' | 0]])", BITWISE_ON_STRING),
  differs('float-text', 'return 1e15, 2^63', '1e+15, 9.2233720368548e+18'),
  differs('float-text', 'return 1/0, -1/0, -0.0', 'inf, -inf, -0.0'),
  differs('float-text', "return string.format('%e %g', 12345.678, 1e20)", '1.234568e+04 1e+20'),
  same('return 7 // 2, -7 // 2, 7 % -3, 7.5 // 2', '3, -4, -2, 3.0'),
  same('return 10 / 2, 3 | 0, 10 .. ""', '5.0, 3, 10'),
  same('return 0x1p4, 1e2, .5, 3., 0xA.8p0', '16.0, 100.0, 0.5, 3.0, 10.5'),
  same('return tostring(0.1), tostring(3.0), tostring(1e100)', '0.1, 3.0, 1e+100'),
  same("return math.tointeger('8'), math.tointeger(3.5), math.ult(1, -1)", '8, nil, true'),
  same('return pcall(function() return 1 // 0 end)', at('attempt to divide by zero')),
  same('return math.pow(2, 10), math.log10(1000), math.ldexp(0.5, 3)', '1024.0, 3.0, 4.0'),
  same('return math.frexp(8)', '0.5, 4'),

  // Strings are bytes
  same("return #'\\u{20AC}', utf8.len('h\\u{E9}llo'), utf8.char(0x20AC)", '3, 5, \\xe2\\x82\\xac'),
  differs('utf8-range', 'return utf8.char(0x7FFFFFFF):byte(1, -1)', '253, 191, 191, 191, 191, 191'),
  same("return ('a\\0b'):find('\\0', 1, true), #'a\\0b'", '2, 3'),
  same("return ('\\0\\255a\\128'):byte(1, -1)", '0, 255, 97, 128'),
  same("return ('THE (quick) fox'):find('%((%a+)%)')", '5, 11, quick'),
  same("return ('THE (quick) fox'):gsub('%f[%a]%a+', string.lower)", 'the (quick) fox, 3'),
  same("return string.format('%5.2f %-5s| %05d', 3.14159, 'ab', 42)", ' 3.14 ab   | 00042'),
  same("return string.pack('<I8', 1):byte(1, -1)", '1, 0, 0, 0, 0, 0, 0, 0'),
  same("return ('x'):rep(3, ',')", 'x,x,x'),

  // Tables and metatables
  same('return select("#", table.unpack({1, nil, 3}, 1, 3))', '3'),
  same('local t = {5, 2, 8, 1} table.sort(t) return table.concat(t, " ")', '1 2 5 8'),
  differs(
    'pairs-order',
    'local r = {} for k in pairs({ 1, 2, x = 1, [3] = 3 }) do r[#r + 1] = tostring(k) end ' +
      'return r[1], r[2]',
    '1, 2',
  ),
  same(
    'local t = setmetatable({}, { __index = function(_, k) return k end, ' +
      '__len = function() return 5 end }) return #t, t.foo',
    '5, foo',
  ),
  {
    source:
      'local t = setmetatable({}, { __lt = function() return true end }) ' +
      'return pcall(function() return t <= t end)',
    expected: 'true, false',
    differs: ['less-or-equal-from-less'],
  },

  // Syntax and functions
  differs('attribs', "return load('local x <const> = 1 return x')()", '1'),
  differs(
    'attribs',
    'return load([[local n = 0 do local f <close> = setmetatable({}, ' +
      '{ __close = function() n = n + 1 end }) end return n]])()',
    '1',
  ),
  same("local f = load('goto done; do end ::done:: return 7') return f()", '7'),
  same("return load('x = = 1')", 'nil, [string "x = = 1"]:1: unexpected symbol near \'=\''),
  differs(
    'break-outside-loop',
    "return load('break', '=b')",
    'nil, b:1: break outside loop at line 1',
  ),
  same("return load('return 1', '=x', 'b')", "nil, attempt to load a text chunk (mode is 'b')"),
  same("return load('\\27Lua', '=x')", "nil, attempt to load a binary chunk (mode is 't')"),
  same("return load('return y', '=x', 't', { y = 4 })()", '4'),
  same('local function f(n) if n == 0 then return 0 end return f(n - 1) end return f(1e5)', '0'),
  same('local function f(n) return 1 + f(n) end return (pcall(f, 1))', 'false'),
  differs(
    'call-depth',
    "local function f(s) return (s:gsub('.', f)) end local _, e = pcall(f, 'x') return e",
    'C stack overflow',
  ),

  // Errors
  same('return pcall(error, { code = 1 })', 'false, table: ADDRESS'),
  same('return pcall(error)', 'false, nil'),
  same(
    'return pcall(function() local t = nil; return t.x end)',
    at("attempt to index a nil value (local 't')"),
  ),
  same(
    'return pcall(function() local c = {} return c.a.b end)',
    at("attempt to index a nil value (field 'a')"),
  ),
  same(
    'return pcall(function() undefined() end)',
    at("attempt to call a nil value (global 'undefined')"),
  ),
  same('return pcall(function() return nil < 1 end)', at('attempt to compare nil with number')),
  same('return pcall(function() return {} .. "x" end)', at('attempt to concatenate a table value')),
  same("return select(2, xpcall(error, function(m) return 'handled ' .. m end, 'x'))", 'handled x'),

  // Coroutines
  same(
    'local co = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end) ' +
      'return co(1), co(10)',
    '2, 20',
  ),
  same(
    "local co = coroutine.create(function() error('in co') end) return coroutine.resume(co)",
    at('in co'),
  ),
  differs('coroutine-close', 'return coroutine.close(coroutine.create(print))', 'true'),

  // Garbage collection, random numbers, warnings
  differs('garbage-collector', "return type(collectgarbage('count'))", 'number'),
  differs(
    'garbage-collector',
    "local w = setmetatable({}, { __mode = 'k' }) w[{}] = 1 collectgarbage() return next(w)",
    'nil',
  ),
  differs('random-generator', 'return math.type(math.random(0))', 'integer'),
  same('local r = math.random(5, 7) return r >= 5 and r <= 7, math.type(r)', 'true, integer'),
  differs('warn', 'return type(warn)', 'function'),

  // What is not there
  same('return debug, package.loadlib and true', 'nil, true'),
  same(
    "return pcall(package.loadlib, 'x', 'y')",
    'false, package.loadlib is disabled in safe mode',
  ),
];

function at(text: string): string {
  return `false, probe.lua:1: ${text}`;
}

/** Whether the probe is expected to answer as kumod does on this engine. */
export function isDifferent(
  probe: Probe,
  engineOf: (id: string) => EngineId,
  engine: EngineId,
): boolean {
  return probe.differs?.some((id) => engineOf(id) === engine) ?? false;
}
