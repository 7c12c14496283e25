import { describe, expect, it } from 'vitest';
import { formatLua, FormatProblem } from '../../../../lua-runtime/analysis/format/format-lua.ts';

/** The second text is how StyLua writes the first with KumoMTA's options. */
function formats(from: string, to: string): void {
  expect(formatLua(from)).toBe(to);
  expect(formatLua(to)).toBe(to);
}

describe('the style of KumoMTA', () => {
  it('has single quotes, unless double ones save escapes', () => {
    formats(
      `x = "a" .. 'b' .. "it's" .. "say \\"it\\""`,
      `x = 'a' .. 'b' .. "it's" .. 'say "it"'\n`,
    );
  });

  it('has no parentheses around a single string or table, unless something hangs on the call', () => {
    formats(
      `require("kumo")\nf({})\nf({ 1 })\nf('a').b()\nf((g()))`,
      "require 'kumo'\nf {}\nf { 1 }\nf('a').b()\nf((g()))\n",
    );
  });

  it('has two spaces, one empty line at the most, and none at the ends of blocks', () => {
    formats(
      'if x then\n\n\n    f()\n\n\n    g()\n\nelseif(y)then h() else\nend',
      'if x then\n  f()\n\n  g()\nelseif y then\n  h()\nelse\nend\n',
    );
  });

  it('keeps a table on several lines that its author broke, and joins one that fits', () => {
    formats('t = {\n a = 1 }', 't = {\n  a = 1,\n}\n');
    formats('t = { a = 1,\n b = 2; 3 }', 't = { a = 1, b = 2, 3 }\n');
  });

  it('hangs a long condition between if and then', () => {
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    formats(`if ${a} and ${b} then f() end`, `if\n  ${a}\n  and ${b}\nthen\n  f()\nend\n`);
  });

  it('hangs a long sum behind its operators, and a long value behind the equals sign', () => {
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    formats(`local x = ${a} or ${b}`, `local x = ${a}\n  or ${b}\n`);
    formats(`local ${a} = call(${b})`, `local ${a} =\n  call(${b})\n`);
  });

  it('lets a function among the arguments go on below, and breaks the others one a line', () => {
    formats("kumo.on( 'init' ,function ( ) f() end )", "kumo.on('init', function()\n  f()\nend)\n");
    const long = 'a'.repeat(70);
    formats(`f('${long}', b, c)`, `f(\n  '${long}',\n  b,\n  c\n)\n`);
  });

  it('breaks a long chain of calls, the first beside a name that looks like a class', () => {
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    formats(
      `client:get('${a}'):header('${b}', 1)`,
      `client\n  :get('${a}')\n  :header('${b}', 1)\n`,
    );
    formats(`Client:get('${a}'):header('${b}', 1)`, `Client:get('${a}')\n  :header('${b}', 1)\n`);
  });

  it('measures in bytes, as StyLua does', () => {
    formats(`local x = '${'é'.repeat(33)}'`, `local x = '${'é'.repeat(33)}'\n`);
    formats(`local x = '${'é'.repeat(34)}'`, `local x =\n  '${'é'.repeat(34)}'\n`);
  });
});

describe('what is kept', () => {
  it('comments, where they are', () => {
    formats(
      'f() -- one\n-- two\n\n--[[ three\n   four ]]\nreturn { -- five\n a = 1, -- six\n -- seven\n}',
      'f() -- one\n-- two\n\n--[[ three\n   four ]]\nreturn { -- five\n  a = 1, -- six\n  -- seven\n}\n',
    );
  });

  it('a statement with a comment at a strange place', () => {
    formats('if a --[[why]] == 1 then\nf( )\nend', 'if a --[[why]] == 1 then\nf( )\nend\n');
  });

  it('a statement that says so', () => {
    formats(
      '-- stylua: ignore\nm = {1,0,\n     0,1}\nf( )',
      '-- stylua: ignore\nm = {1,0,\n     0,1}\nf()\n',
    );
  });

  it('strings in brackets, shebang, semicolons and parentheses that mean something', () => {
    formats(
      '#!/usr/bin/lua\nx = [==[\n  a\n]==]\nf();\n(g or h)()\nlocal a = (f())\nlocal b <const> = - -1',
      '#!/usr/bin/lua\nx = [==[\n  a\n]==]\nf();\n(g or h)()\nlocal a = (f())\nlocal b <const> = - -1\n',
    );
  });

  it('a text with syntax errors, as a refusal', () => {
    expect(() => formatLua('local x = ')).toThrow(FormatProblem);
  });

  it('an empty text, and one that is only a comment', () => {
    formats('\n\n', '');
    formats('\n-- nothing', '-- nothing\n');
  });
});
