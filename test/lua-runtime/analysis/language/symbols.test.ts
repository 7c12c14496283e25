import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../../../lua-runtime/analysis/analysis-contract.ts';
import { ask, atCursor, type AtCursor } from './at-cursor.ts';

const ROUTES = 'local M = {}\nfunction M.tenant_of(domain)\n  return domain\nend\nreturn M\n';

function definitions(text: string, modules?: Readonly<Record<string, string>>): string[] {
  return ask('definition', atCursor(text, modules)).map(
    ({ file, range }) => `${file}:${range.start.line + 1}:${range.start.character + 1}`,
  );
}

function references(text: string, modules?: Readonly<Record<string, string>>): string[] {
  return ask('references', atCursor(text, modules)).map(
    ({ file, range }) => `${file}:${range.start.line + 1}`,
  );
}

describe('definition', () => {
  it('of a local', () => {
    expect(definitions('local a = 1\nprint(a|)')).toEqual(['init.lua:1:7']);
  });

  it('of a function in a module, and of the module', () => {
    const use = "local routes = require 'routes'\nroutes.tenant_of|('x')";
    expect(definitions(use, { 'routes.lua': ROUTES })).toEqual(['routes.lua:2:12']);
    expect(definitions("require 'rou|tes'", { 'routes.lua': ROUTES })).toEqual(['routes.lua:1:1']);
  });

  it('of a constructor, from the queue that names it', () => {
    expect(
      definitions(`local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.|x' } } }
end)
kumo.on('make.x', function() return {} end)`),
    ).toEqual(['init.lua:5:10']);
  });

  it('of a method, from a call', () => {
    expect(definitions('local t = {}\nfunction t:go() end\nt:g|o()')).toEqual(['init.lua:2:12']);
  });

  it('is nothing for what KumoMTA defines', () => {
    expect(definitions("local kumo = require 'kumo'\nkumo.rej|ect(500, 'x')")).toEqual([]);
  });
});

describe('references', () => {
  it('of a local leave out another one of its name', () => {
    expect(references('local a| = 1\nprint(a)\ndo local a = 2 print(a) end')).toEqual([
      'init.lua:1',
      'init.lua:2',
    ]);
  });

  it('of a field go across files', () => {
    const use = "local routes = require 'routes'\nroutes.tenant_of|('x')\nroutes.tenant_of('y')";
    expect(references(use, { 'routes.lua': ROUTES })).toEqual([
      'routes.lua:2',
      'init.lua:2',
      'init.lua:3',
    ]);
  });
});

describe('rename', () => {
  function renamed(at: AtCursor, newName: string): readonly TextEdit[] | string {
    const { service, path, position } = at;
    const answer = service.answer({ method: 'rename', path, position, newName });
    if (answer !== undefined && 'edits' in answer) return answer.edits;
    return answer !== undefined && 'problem' in answer ? answer.problem : 'no answer';
  }

  it('of a constructor changes the queue and the handler, in all files', () => {
    const at = atCursor(
      "local kumo = require 'kumo'\nrequire 'queues'\nkumo.on('make.|x', function() return {} end)",
      {
        'queues.lua':
          "local kumo = require 'kumo'\nkumo.on('get_queue_config', function() return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.x' } } } end)",
      },
    );
    expect(renamed(at, 'make.amqp')).toEqual([
      expect.objectContaining({ file: 'init.lua', newText: 'make.amqp' }),
      expect.objectContaining({ file: 'queues.lua', newText: 'make.amqp' }),
    ]);
  });

  it.each([
    ['local a| = 1', 'end', 'is no name in Lua'],
    ['local a| = 1\nlocal b = a', 'b', 'means something else'],
    ['local a| = 1', 'pairs', 'means something else'],
    ["local kumo = require 'kumo'\nkumo.rej|ect(1, 'x')", 'x', 'names of the policy itself'],
    ["require 'rou|tes'", 'x', 'rename the file'],
    ["local kumo = require 'kumo'\nkumo.on('make.|x', function() end)", 'init', 'of its own'],
  ])('of %s to %s is refused', (text, newName, why) => {
    expect(renamed(atCursor(text, { 'routes.lua': ROUTES }), newName)).toContain(why);
  });

  it('tells what will be replaced', () => {
    expect(ask('prepareRename', atCursor('local abc| = 1'))).toEqual({
      range: { start: { line: 0, character: 6 }, end: { line: 0, character: 9 } },
      placeholder: 'abc',
    });
  });
});
