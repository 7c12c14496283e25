import { describe, expect, it } from 'vitest';
import { resolveBindings } from '../../../../lua-runtime/analysis/scopes/bindings.ts';
import { parseLua } from '../../../../lua-runtime/analysis/syntax/parser.ts';

/** Every name's references as `name@offset of its declaration: offsets`, and the globals. */
function resolved(text: string): { locals: string[]; globals: string[] } {
  const { locals, globals } = resolveBindings(parseLua(text));
  return {
    locals: locals.map(
      ({ name, references }) =>
        `${name}: ${references.map(({ name: { start }, isWrite }) => `${isWrite ? 'w' : 'r'}${start}`).join(' ')}`,
    ),
    globals: [...globals.keys()],
  };
}

describe('resolveBindings', () => {
  it('does not see a local in its own initialiser', () => {
    expect(resolved('local x = x')).toEqual({ locals: ['x: '], globals: ['x'] });
  });

  it('sees a local function inside of itself, and a shadowed name by its nearest declaration', () => {
    const text = 'local function f(a) local a = a return f(a) end';
    expect(resolved(text).locals).toEqual(['f: r39', 'a: r30', 'a: r41']);
  });

  it('gives self to methods only', () => {
    const text = 'local t = {} function t:m() return self end function t.f() return self end';
    expect(resolved(text)).toEqual({
      locals: ['t: r22 r53', 'self: r35'],
      globals: ['self'],
    });
  });

  it('lets the condition of repeat see the locals of its body', () => {
    expect(resolved('repeat local done = true until done').globals).toEqual([]);
  });

  it('tells writes from reads', () => {
    expect(resolved('local a, b = 1 a, c = b, a')).toEqual({
      locals: ['a: r25 w15', 'b: r22'],
      globals: ['c'],
    });
  });

  it('lists what can be used at an offset, the nearest declaration of a name only', () => {
    const text = 'local a = 1 do local b, a = 2 end local c';
    const bindings = resolveBindings(parseLua(text));
    expect(
      bindings
        .visibleAt(text.indexOf(' end'))
        .map(({ name, declaration }) => [name, declaration?.start]),
    ).toEqual([
      ['a', 24],
      ['b', 21],
    ]);
    expect(bindings.visibleAt(text.length).map(({ name }) => name)).toEqual(['c', 'a']);
  });
});
