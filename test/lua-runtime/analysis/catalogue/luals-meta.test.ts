import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../lua-runtime/analysis/catalogue/catalogue.ts';
import { documentationUrl } from '../../../../lua-runtime/analysis/catalogue/documentation-url.ts';
import { luaLsMeta } from '../../../../lua-runtime/analysis/catalogue/luals-meta.ts';
import { createVm } from '../../../../lua-runtime/vm/create-vm.ts';
import { compileLua54 } from '../../../../lua-runtime/vm/lua54/lua54.ts';
import { LuaStatus } from '../../../../lua-runtime/vm/lua-vm.ts';

const text = luaLsMeta(catalogue);
const allLines = new Set(text.split('\n'));

/** Runs the file and, for each full name, says what it is: `kumo.on` is a `function`. */
function typesOf(names: readonly string[]): string[] {
  const wasm = createRequire(import.meta.url)
    .resolve('wasmoon')
    .replace(/[^/]*$/, 'glue.wasm');
  const vm = createVm({ engine: 'lua54', module: compileLua54(readFileSync(wasm)) }, { seed: 1 });
  vm.openLibraries();
  const L = vm.main;
  const encoder = new TextEncoder();
  const run = (source: string) => {
    expect(vm.load(L, encoder.encode(source), '@meta.lua')).toBe(LuaStatus.ok);
    expect(vm.pcall(L, 0, 1, 0)).toBe(LuaStatus.ok);
  };
  run(text);
  vm.setGlobal(L, 'kumo');
  run(`return table.concat({ ${names.map((name) => `type(${name})`).join(', ')} }, ' ')`);
  return (vm.toText(L, -1) ?? '').split(' ');
}

describe('the LuaLS definition file', () => {
  it('is Lua that gives kumo, its sub-modules and their functions', () => {
    const modules = catalogue.modules.filter(({ name }) => /^kumo\b/.test(name));
    const functions = modules.flatMap(({ name, functions: entries }) =>
      entries.map((entry) => `${name}.${entry.name}`),
    );
    const moduleNames = modules.map(({ name }) => name);
    const types = typesOf([...moduleNames, ...functions]);
    expect(types).toEqual([...moduleNames.map(() => 'table'), ...functions.map(() => 'function')]);
  });

  it('defines every object, table, alias and module that is required by itself', () => {
    for (const { name } of catalogue.objects) {
      expect(text).toMatch(new RegExp(`^---@class kumo\\.${name}(?: : kumo\\.\\w+)?$`, 'm'));
    }
    for (const { name } of catalogue.tables) {
      expect(text).toMatch(
        new RegExp(`^---@class (?:\\(exact\\) )?kumo\\.${name}(?: : kumo\\.\\w+)?$`, 'm'),
      );
    }
    for (const { name } of catalogue.aliases) {
      expect(text).toMatch(new RegExp(`^---@alias kumo\\.${name} `, 'm'));
    }
    for (const { name, require } of catalogue.modules) {
      if (require !== undefined) expect(allLines).toContain(`---@class ${name.replace('-', '_')}`);
    }
  });

  it('has every method, field and parameter', () => {
    for (const object of catalogue.objects) {
      for (const { name, parameters, variadic } of object.methods) {
        const names = [
          ...parameters.map((p) => p.name),
          ...(variadic === undefined ? [] : ['...']),
        ];
        expect(allLines).toContain(`function ${object.name}:${name}(${names.join(', ')}) end`);
      }
    }
    for (const { name, fields } of catalogue.tables) {
      const start = text.search(
        new RegExp(`^---@class (?:\\(exact\\) )?kumo\\.${name}(?: : kumo\\.\\w+)?$`, 'm'),
      );
      const body = text.slice(start, text.indexOf('\n\n', start));
      for (const field of fields) {
        const key = field.name === 'end' ? '\\["end"\\]' : field.name;
        const mark = field.required === true ? '' : '\\?';
        expect(body).toMatch(new RegExp(`^---@field ${key}${mark} `, 'm'));
      }
    }
  });

  it('lets a table have the fields of another that it includes, of which it needs none', () => {
    expect(text).toContain(
      '---@class (exact) kumo.SourcesHelperSource : kumo.EgressSourceParameters\n---@field name? string',
    );
  });

  it('names no type that it does not define', () => {
    const defined = new Set(
      [...text.matchAll(/^---@(?:class|alias) (?:\(exact\) )?([\w.]+)/gm)].map(([, name]) => name),
    );
    const annotations =
      text.match(/^---@(?:param|return|field|overload|operator|alias) .*$/gm) ?? [];
    const used = annotations
      .map((line) => line.replace(/`[^`]*`/g, ''))
      .flatMap((line) => [...line.matchAll(/\bkumo\.[A-Za-z_]+\b/g)].map(([name]) => name));
    expect(used.length).toBeGreaterThan(500);
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
    expect(defined.size).toBe(
      catalogue.objects.length +
        catalogue.tables.length +
        catalogue.aliases.length +
        catalogue.modules.length,
    );
  });

  it('types the handler of each event, marks what is deprecated and says where to read on', () => {
    for (const { name } of catalogue.events) {
      expect(text).toContain(`---@overload fun(event: '${name}', handler: fun(`);
    }
    expect(text).toContain(
      "---@overload fun(event: 'get_egress_pool', handler: fun(pool_name: string): kumo.EgressPool)",
    );
    const buildClient = text.slice(0, text.indexOf('function kumo.amqp.build_client('));
    expect(buildClient.slice(buildClient.lastIndexOf('\n\n'))).toContain(
      '---@deprecated\n---Use `kumo.amqp.basic_publish`.\n' +
        '---@see https://docs.kumomta.com/reference/kumo.amqp/build_client/\n',
    );
    expect(documentationUrl('reference/kumo/make_queue_config/_index.md')).toBe(
      'https://docs.kumomta.com/reference/kumo/make_queue_config/',
    );
  });
});
