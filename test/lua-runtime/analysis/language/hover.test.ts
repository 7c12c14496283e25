import { describe, expect, it } from 'vitest';
import { ask, atCursor } from './at-cursor.ts';

const KUMO = "local kumo = require 'kumo'\n";

function said(text: string, modules?: Readonly<Record<string, string>>): string {
  return ask('hover', atCursor(text, modules))?.contents.value ?? '';
}

describe('hover', () => {
  it('shows a function with its signature, our words and its page', () => {
    const text = said(`${KUMO}kumo.rej|ect(500, 'no')`);
    expect(text).toContain('kumo.reject(');
    expect(text).toContain('https://docs.kumomta.com/reference/kumo/reject/');
  });

  it('shows a field with type and default', () => {
    const text = said(`${KUMO}kumo.make_queue_config { retry_|interval = '5m' }`);
    expect(text).toContain('retry_interval: ');
    expect(text).toContain('Default: `20m`');
  });

  it('shows what is deprecated, and what to use', () => {
    expect(said(`${KUMO}kumo.json_en|code {}`)).toContain('Use `kumo.serde.json_encode`');
  });

  it('tells what an event is fired for, and where a constructor has its handler', () => {
    expect(said(`${KUMO}kumo.on('get_queue|_config', function() end)`)).toContain(
      'The configuration of a scheduled queue',
    );
    expect(
      said(`${KUMO}kumo.on('make.x', function() return {} end)
kumo.on('get_queue_config', function() return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make|.x' } } } end)`),
    ).toContain('`init.lua:2`');
  });

  it('shows what a parameter of a handler is', () => {
    expect(
      said(`${KUMO}kumo.on('smtp_server_message_received', function(mess|age) end)`),
    ).toContain('message: Message');
  });

  it('shows the value of a local, and says nothing where nothing is known', () => {
    expect(said("local na|me = 'x'")).toContain("name: 'x'");
    expect(said('local function f(a) return a| end')).toBe('');
  });
});

describe('signature help', () => {
  it('follows the arguments, also in an unfinished call', () => {
    const help = ask('signatureHelp', atCursor(`${KUMO}kumo.reject(500, |`));
    expect(help?.activeParameter).toBe(1);
    const [signature] = help?.signatures ?? [];
    const [start, end] = signature?.parameters[1]?.label ?? [0, 0];
    expect(signature?.label.slice(start, end)).toMatch(/^message/);
  });

  it("shows the policy's own functions", () => {
    const help = ask(
      'signatureHelp',
      atCursor('local function route(domain, tenant) end\nroute(|)'),
    );
    expect(help?.signatures[0]?.label).toBe('route(domain: any, tenant: any)');
  });

  it('is silent in a table, a comment and where nothing is called', () => {
    for (const text of ['local x = (|1)', '-- kumo.reject(|', 'print { | }']) {
      expect(ask('signatureHelp', atCursor(text))).toBeUndefined();
    }
  });
});
