import { describe, expect, it } from 'vitest';
import type { CompletionItem } from '../../../../lua-runtime/analysis/lsp-types.ts';
import { ask, atCursor } from './at-cursor.ts';

const KUMO = "local kumo = require 'kumo'\n";

function proposed(text: string, modules?: Readonly<Record<string, string>>): CompletionItem[] {
  return [...ask('completion', atCursor(text, modules))];
}

function labels(text: string, modules?: Readonly<Record<string, string>>): string[] {
  return proposed(text, modules).map(({ label }) => label);
}

const QUEUE = `${KUMO}kumo.on('get_queue_config', function(domain)\n`;

describe('completion of events', () => {
  it('offers them inside the quotes of kumo.on, also while they are open', () => {
    for (const text of [
      `${KUMO}kumo.on('|')`,
      `${KUMO}kumo.on('|`,
      `${KUMO}kumo.on('get_|\nlocal x = 1`,
    ]) {
      expect(labels(text)).toEqual(expect.arrayContaining(['get_queue_config', 'init']));
    }
  });

  it('replaces what is in the quotes and nothing else', () => {
    const [item] = proposed(`${KUMO}kumo.on('get_|que')`);
    expect(item?.textEdit.range).toEqual({
      start: { line: 1, character: 9 },
      end: { line: 1, character: 16 },
    });
  });

  it('offers them with quotes where there are none yet', () => {
    const items = proposed(`${KUMO}kumo.on(|`);
    expect(items.find(({ label }) => label === 'init')?.textEdit.newText).toBe("'init'");
  });

  it('puts the constructors that queues name first', () => {
    expect(
      labels(
        `${QUEUE}return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.amqp' } } } end)\nkumo.on('|')`,
      )[0],
    ).toBe('make.amqp');
  });

  it('says what kumod does with them', () => {
    const item = proposed(`${KUMO}kumo.on('|')`).find(({ label }) => label === 'get_queue_config');
    expect(item?.documentation?.value).toContain('The configuration of a scheduled queue');
    expect(item?.documentation?.value).toContain(
      'docs.kumomta.com/reference/events/get_queue_config/',
    );
  });
});

describe('completion of fields', () => {
  it('offers those of the function that takes the table, with type and default', () => {
    const items = proposed(`${QUEUE}  return kumo.make_queue_config { | }\nend)`);
    const field = items.find(({ label }) => label === 'retry_interval');
    expect(field).toMatchObject({ detail: expect.stringContaining('20m') as string });
    expect(field?.textEdit.newText).toBe('retry_interval = ');
  });

  it('works in an open table, after a comma, and leaves out what is written', () => {
    const found = labels(
      `${QUEUE}  return kumo.make_queue_config {\n    max_age = '1d',\n    re|\nend)`,
    );
    expect(found).toContain('retry_interval');
    expect(found).not.toContain('max_age');
  });

  it('goes into tables within tables', () => {
    expect(labels(`${QUEUE}return kumo.make_queue_config { protocol = { | } } end)`)).toEqual(
      expect.arrayContaining(['smtp', 'custom_lua', 'maildir_path']),
    );
    expect(
      labels(`${QUEUE}return kumo.make_queue_config { protocol = { custom_lua = { | } } } end)`),
    ).toEqual(expect.arrayContaining(['constructor', 'batch_size']));
  });

  it('does not offer fields inside of a function in the table', () => {
    expect(labels(`${KUMO}kumo.configure_accounting_db_path { a = function() lo| end }`)).toContain(
      'local',
    );
  });
});

describe('completion of values', () => {
  it('offers what a field lists, with and without quotes', () => {
    const bare = proposed(`${QUEUE}return kumo.make_queue_config { refresh_strategy = | } end)`);
    expect(bare[0]).toMatchObject({ label: 'Ttl', textEdit: { newText: "'Ttl'" } });
    expect(labels(`${QUEUE}return kumo.make_queue_config { refresh_strategy = '|' } end)`)).toEqual(
      ['Ttl', 'Epoch'],
    );
  });

  it('offers the constructors that have a handler', () => {
    const handler = "kumo.on('make.amqp', function() return {} end)\n";
    const queue = `kumo.on('get_queue_config', function() return kumo.make_queue_config { protocol = { custom_lua = { constructor = '|' } } } end)`;
    expect(labels(`${KUMO}${handler}${queue}`)).toEqual(['make.amqp']);
  });

  it("offers KumoMTA's modules and those of the folder to require", () => {
    const found = labels("local x = require '|'", { 'routes.lua': '', 'lib/tools.lua': '' });
    expect(found).toEqual(
      expect.arrayContaining(['kumo', 'policy-extras.queue', 'routes', 'lib.tools']),
    );
  });
});

describe('completion of members', () => {
  it('offers functions and modules behind kumo.', () => {
    expect(labels(`${KUMO}kumo.|`)).toEqual(
      expect.arrayContaining(['on', 'make_queue_config', 'amqp', 'serde']),
    );
    expect(labels(`${KUMO}local a = kumo.amqp.|\nlocal b = 1`)).toContain('basic_publish');
  });

  it('offers the methods of what a constructor gets and makes, in unfinished text', () => {
    const constructor = (inside: string) => `${KUMO}kumo.on('make.amqp', function(domain)
  local client = kumo.amqp.build_client 'amqp://localhost'
  local sender = {}
  function sender:send(message)
    ${inside}
  end
  return sender
end)`;
    expect(labels(constructor('message:|'))).toContain('get_meta');
    expect(labels(constructor('local confirm = client:|'))).toContain('publish');
    expect(
      labels(constructor("local confirm = client:publish { routing_key = 'x' }\n confirm:|")),
    ).toContain('wait');
  });

  it('offers what the policy put into its own tables and modules', () => {
    const modules = {
      'routes.lua': 'local M = {}\nfunction M.tenant_of(d) end\nM.table = {}\nreturn M',
    };
    expect(labels("local routes = require 'routes'\nroutes.|", modules)).toEqual([
      'tenant_of',
      'table',
    ]);
  });

  it("offers Lua's own libraries and the methods of strings", () => {
    expect(labels('local x = string.|')).toContain('format');
    expect(labels("local x = 'a'\nx:|")).toContain('upper');
  });

  it('marks what is deprecated and puts it last', () => {
    const items = proposed(`${KUMO}kumo.|`);
    const deprecated = items.find(({ label }) => label === 'json_encode');
    expect(deprecated?.tags).toEqual([1]);
    expect(items.findIndex(({ label }) => label === 'reject')).toBeLessThan(
      items.indexOf(deprecated as CompletionItem),
    );
  });
});

describe('completion of names', () => {
  it('offers the locals that can be seen, then globals and keywords', () => {
    const found = labels('local first = 1\nlocal function f(inner)\n  |\nend\nlocal later = 2');
    expect(found.slice(0, 3).sort()).toEqual(['f', 'first', 'inner']);
    expect(found).not.toContain('later');
    expect(found).toContain('pairs');
  });

  it.each(['-- a comm|', 'local na|', 'local x = 1|', "local s = 'text |'"])(
    'offers nothing in %s',
    (text) => {
      expect(labels(text)).toEqual([]);
    },
  );
});
