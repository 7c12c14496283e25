import { describe, expect, it } from 'vitest';
import { evaluatorOf } from '../../../../lua-runtime/analysis/values/evaluator.ts';
import { Program } from '../../../../lua-runtime/analysis/values/program.ts';
import type { Value } from '../../../../lua-runtime/analysis/values/value.ts';
import { walk } from '../../../../lua-runtime/analysis/syntax/walk.ts';

function shown(value: Value): string {
  switch (value.kind) {
    case 'boolean':
    case 'number':
      return value.value === undefined ? value.kind : String(value.value);
    case 'string':
      return value.value === undefined ? 'string' : `'${value.value}'`;
    case 'object':
      return value.object.name;
    case 'module':
      return value.module.name;
    case 'api-function':
      return value.fullName;
    case 'library':
      return value.name;
    case 'array':
      return `${value.elements.map(shown).join('|')}[]`;
    default:
      return value.kind;
  }
}

/** What the argument of the call `look(…)` can be. */
function look(text: string, modules: Record<string, string> = {}): string {
  const program = Program.ofTexts({ 'init.lua': text, ...modules });
  const evaluator = evaluatorOf(program);
  const file = program.files.get('init.lua')!;
  let found = 'no look';
  walk(file.chunk, (node) => {
    if (node.kind === 'Call' && node.callee.kind === 'Name' && node.callee.name === 'look') {
      found = evaluator.valuesOf(file, node.args[0]!).map(shown).sort().join('|');
    }
    return true;
  });
  return found;
}

const KUMO = "local kumo = require 'kumo'\n";

describe('Evaluator', () => {
  it.each([
    ["local x = 'a' look(x)", "'a'"],
    ["local x if c then x = 'a' end look(x)", "'a'|nil"],
    ["local x = c and 'a' or 'b' look(x)", "'a'|'b'"],
    ["local x = nil or 'b' look(x)", "'b'"],
    ["look('a' .. 1)", 'string'],
    ['look(#t)', 'number'],
    ['look(not t)', 'boolean'],
    ['look(a == b)', 'boolean'],
    ['look(undefined)', 'unknown'],
    ['x = 1 look(x)', '1|nil'],
    ['look(string.format)', 'string.format'],
    ["look(('x'):rep(3))", 'string'],
    ['look(tostring(1))', 'string'],
    ["local a, b = (function() return 1, 'b' end)() look(b)", "'b'"],
    ['local function f(n) if n then return 1 end end look(f(2))', '1|nil'],
    ['local function f() return f() end look(f())', 'unknown'],
    ["local t = { a = { b = 'x' } } look(t.a.b)", "'x'"],
    ["local t = {} t.a = 'x' look(t.a)", "'x'"],
    ["local t = {} t[k] = 'x' look(t.a)", 'unknown'],
    ['local t = {} look(t.a)', 'nil'],
    ["local t = {} function t.f() return 'x' end look(t.f())", "'x'"],
    [
      "local C = {} C.__index = C function C:m() return 'x' end look(setmetatable({}, C):m())",
      "'x'",
    ],
    ['local ok, e = pcall(f) look(ok)', 'boolean'],
    ["local ok, r = pcall(function() return 'x' end) look(r)", "'x'|unknown"],
  ])('%s', (text, expected) => {
    expect(look(text)).toBe(expected);
  });

  it.each([
    ['look(kumo)', 'kumo'],
    ['look(kumo.amqp)', 'kumo.amqp'],
    ['look(kumo.reject)', 'kumo.reject'],
    ["local m = kumo.make_message('a', 'b', 'c') look(m:sender())", 'EnvelopeAddress'],
    ["local client = kumo.amqp.build_client 'amqp://x' look(client.publish)", 'AmqpClient:publish'],
    ["kumo.on('smtp_server_message_received', function(msg) look(msg) end)", 'Message'],
    ["local function h(domain) look(domain) end kumo.on('get_queue_config', h)", 'string'],
    ["local function f() kumo.reject(500, 'x') end local function g() f() end look(g())", ''],
  ])('of kumo: %s', (text, expected) => {
    expect(look(KUMO + text)).toBe(expected);
  });

  it('knows the message of a connection object, written either way', () => {
    const method = `kumo.on('make.amqp', function() local s = {} function s:send(m) look(m) end return s end)`;
    const field = `kumo.on('make.amqp', function() return { send = function(self, m) look(m) end } end)`;
    expect(look(KUMO + method)).toBe('Message');
    expect(look(KUMO + field)).toBe('Message');
  });

  it('follows a module of the workspace', () => {
    const modules = { 'routes/init.lua': "local M = {} function M.find() return 'q' end return M" };
    expect(look("look(require('routes').find())", modules)).toBe("'q'");
  });
});
