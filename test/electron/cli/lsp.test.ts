/** The language server as an editor runs it: a process, framed messages on its streams. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { startLsp } from './start-lsp.ts';

const POLICY = `local kumo = require 'kumo'
local routes = require 'routes'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { retry_intervall = routes.interval(domain) }
end)
`;

const QUEUES = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
kumo.on('make', function() return { send = function() return 'ok' end } end)
`;

it('serves a folder from initialize to exit', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'init.lua'), POLICY);
  writeFileSync(join(folder, 'routes.lua'), 'local M = {}\nfunction M.interval(d) end\nreturn M\n');
  const server = startLsp(folder);

  const early = await server.request('textDocument/hover', {});
  expect(early.error?.code).toBe(-32_002);
  const { result } = await server.request('initialize', {
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
  });
  expect(result).toMatchObject({ capabilities: { hoverProvider: true, definitionProvider: true } });
  server.notify('initialized', {});

  const uri = server.uri('init.lua');
  server.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'lua', version: 1, text: POLICY },
  });
  const published = await server.next(({ method }) => method === 'textDocument/publishDiagnostics');
  expect(published.params).toMatchObject({
    uri,
    diagnostics: [
      {
        code: 'unknown-field',
        severity: 1,
        range: { start: { line: 3, character: 34 } },
        codeDescription: { href: expect.stringContaining('docs.kumomta.com') as string },
      },
    ],
  });

  const at = (line: number, character: number) => ({
    textDocument: { uri },
    position: { line, character },
  });
  const actions = await server.request('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 3, character: 34 }, end: { line: 3, character: 34 } },
    context: { diagnostics: [] },
  });
  expect(actions.result).toMatchObject([
    {
      title: 'Change to retry_interval',
      edit: { changes: { [uri]: [{ newText: 'retry_interval' }] } },
    },
  ]);
  const definition = await server.request('textDocument/definition', at(3, 60));
  expect(definition.result).toMatchObject([
    { uri: server.uri('routes.lua'), range: { start: { line: 1, character: 11 } } },
  ]);
  const completion = await server.request('textDocument/completion', at(2, 9));
  expect(completion.result).toContainEqual(expect.objectContaining({ label: 'get_queue_config' }));
  const refused = await server.request('textDocument/rename', {
    ...at(3, 15),
    newName: 'x',
  });
  expect(refused.error?.message).toContain('names of the policy itself');
  // Simulate and Debug are for clients that say they can carry them out.
  const lenses = await server.request('textDocument/codeLens', { textDocument: { uri } });
  expect(lenses.result).toEqual([]);
  const formatting = await server.request('textDocument/formatting', {
    textDocument: { uri },
    options: { tabSize: 8, insertSpaces: false },
  });
  expect(formatting.result).toEqual([]);
  const unknown = await server.request('textDocument/implementation', {});
  expect(unknown.error?.code).toBe(-32_601);

  server.notify('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: POLICY.replace('intervall', 'interval') }],
  });
  const mended = await server.next(({ method }) => method === 'textDocument/publishDiagnostics');
  expect(mended.params).toEqual({ uri, diagnostics: [] });

  expect((await server.request('shutdown', {})).result).toBeNull();
  const ended = new Promise((resolve) => server.child.once('exit', resolve));
  server.notify('exit', {});
  expect(await ended).toBe(0);
});

it('gives code lenses with what the client can carry out', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'init.lua'), QUEUES);
  const server = startLsp(folder);
  await server.request('initialize', {
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      experimental: { commands: { commands: ['kumo.debug', 'kumo.showReferences'] } },
    },
  });
  const uri = server.uri('init.lua');
  const { result } = await server.request('textDocument/codeLens', { textDocument: { uri } });
  expect(result).toMatchObject([
    { command: { title: 'Debug', command: 'kumo.debug', arguments: [uri, { line: 2 }] } },
    {
      range: { start: { line: 4 } },
      command: {
        title: 'used by 1',
        command: 'kumo.showReferences',
        arguments: [uri, { line: 4 }, [{ uri, range: { start: { line: 2 } } }]],
      },
    },
  ]);
});
