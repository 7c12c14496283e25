/**
 * Where an engine behaves differently from kumod's Lua 5.4, as data: shown where the engine is
 * chosen, and held to the truth by test/conformance, which fails for a difference that is not
 * listed and for a listed one that no longer is.
 */
import type { EngineId } from './lua-vm.ts';

export interface EngineDifference {
  readonly id: string;
  readonly engine: EngineId;
  readonly title: string;
  /** What kumod does. */
  readonly kumod: string;
  /** What this engine does instead. */
  readonly here: string;
}

export const ENGINE_DIFFERENCES: readonly EngineDifference[] = [
  {
    id: 'less-or-equal-from-less',
    engine: 'lua54',
    title: 'a <= b with only an __lt metamethod',
    kumod: 'Falls back to `not (b < a)`, because its Lua is built with 5.3 compatibility.',
    here: 'Raises “attempt to compare”. Define __le.',
  },
  {
    id: 'lua-version',
    engine: 'fengari',
    title: 'The Lua version',
    kumod: '_VERSION is Lua 5.4.',
    here: '_VERSION is Lua 5.3.',
  },
  {
    id: 'integers-32-bit',
    engine: 'fengari',
    title: 'Integers have 32 bits',
    kumod: 'Integers have 64 bits: 1700000000 * 1000 is 1700000000000, 1 << 40 is 1099511627776.',
    here: 'They wrap at 2^31: 1700000000 * 1000 is -807049216, 1 << 40 is 0, 0xffffffff is -1.',
  },
  {
    id: 'large-literals-are-floats',
    engine: 'fengari',
    title: 'Whole numbers of 2^31 and more are floats',
    kumod: '3000000000 is an integer and prints as 3000000000.',
    here: 'It is a float: it prints as 3000000000.0, and string.format("%d") refuses it.',
  },
  {
    id: 'loop-to-the-integer-limit',
    engine: 'fengari',
    title: 'A loop that reaches 2^31',
    kumod: 'for i = 2147483646, 2147483648 ends after three rounds.',
    here: 'The counter wraps and the loop never ends; the deadline stops it.',
  },
  {
    id: 'binary-integers',
    engine: 'fengari',
    title: 'string.pack and string.unpack beyond 32 bits',
    kumod: 'Read and write integers of up to 64 bits.',
    here: 'Unsigned 32-bit values come out negative; larger ones raise an error.',
  },
  {
    id: 'attribs',
    engine: 'fengari',
    title: '<const> and <close>',
    kumod: 'local x <const> = 1 and local f <close> = … work.',
    here: 'They are syntax errors.',
  },
  {
    id: 'coroutine-close',
    engine: 'fengari',
    title: 'coroutine.close',
    kumod: 'Closes a suspended coroutine.',
    here: 'Does not exist.',
  },
  {
    id: 'warn',
    engine: 'fengari',
    title: 'warn',
    kumod: 'Writes a warning after warn("@on").',
    here: 'Does not exist.',
  },
  {
    id: 'garbage-collector',
    engine: 'fengari',
    title: 'collectgarbage, finalizers and weak tables',
    kumod: 'collectgarbage works, __gc runs, weak tables lose their entries.',
    here: 'collectgarbage raises an error, __gc never runs, weak tables keep their entries.',
  },
  {
    id: 'random-generator',
    engine: 'fengari',
    title: 'math.random',
    kumod:
      'math.random(0) gives a random integer; math.randomseed() takes no argument and returns.',
    here: 'math.random(0) raises an error; math.randomseed needs its argument. Other numbers come out.',
  },
  {
    id: 'string-arithmetic',
    engine: 'fengari',
    title: 'Arithmetic on numerals in strings',
    kumod: '"10" + 5 is the integer 15; "3" | 0 raises an error.',
    here: '"10" + 5 is the float 15.0; "3" | 0 is 3. Error texts differ.',
  },
  {
    id: 'float-text',
    engine: 'fengari',
    title: 'How large and special floats print',
    kumod: '1e15 prints as 1e+15, 1/0 as inf, -0.0 as -0.0; %e and %g follow C.',
    here: 'They print as 1000000000000000.0, Infinity and 0.0; %e and %g follow JavaScript.',
  },
  {
    id: 'utf8-range',
    engine: 'fengari',
    title: 'utf8.char above U+10FFFF',
    kumod: 'Encodes values up to 0x7FFFFFFF.',
    here: 'Raises “value out of range”.',
  },
  {
    id: 'call-depth',
    engine: 'fengari',
    title: 'Nesting too deep through host and library functions',
    kumod: 'Raises “C stack overflow”.',
    here: 'Raises “JS stack overflow”.',
  },
  {
    id: 'pairs-order',
    engine: 'fengari',
    title: 'The order of pairs',
    kumod: 'Array part first, then an order that depends on hashes.',
    here: 'The order in which keys were put in. Neither is promised: sort when it matters.',
  },
  {
    id: 'break-outside-loop',
    engine: 'fengari',
    title: 'The text of some syntax errors',
    kumod: 'break outside a loop at line 1.',
    here: '<break> at line 1 not inside a loop.',
  },
];

/** The differences to show for an engine. */
export function differencesOf(engine: EngineId): readonly EngineDifference[] {
  return ENGINE_DIFFERENCES.filter((difference) => difference.engine === engine);
}
