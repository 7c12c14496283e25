/** The data files of helpers in an editor that speaks LSP. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { startLsp } from './start-lsp.ts';

it('checks, completes and mends the file that the policy hands to a helper', async () => {
  const folder = temporaryFolder();
  const text = '[queue.default]\nmax_agee = "1h"\nre\n';
  writeFileSync(
    join(folder, 'init.lua'),
    "require('policy-extras.queue'):setup { '/opt/kumomta/etc/routing.toml' }\n",
  );
  writeFileSync(join(folder, 'routing.toml'), text);
  const server = startLsp(folder);
  await server.request('initialize', { rootUri: pathToFileURL(folder).href, capabilities: {} });
  const textDocument = { uri: server.uri('routing.toml') };
  const published = () => server.next(({ method }) => method === 'textDocument/publishDiagnostics');

  server.notify('textDocument/didOpen', { textDocument: { ...textDocument, text } });
  expect(await published()).toMatchObject({ params: { diagnostics: [{ code: 'syntax' }] } });

  const { result: items } = await server.request('textDocument/completion', {
    textDocument,
    position: { line: 2, character: 2 },
  });
  expect(items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        label: 'retry_interval',
        textEdit: expect.objectContaining({ newText: 'retry_interval = ' }) as object,
      }),
    ]),
  );

  const whole = text.replace('re\n', 'retry_interval = "5m"\n');
  server.notify('textDocument/didChange', { textDocument, contentChanges: [{ text: whole }] });
  expect(await published()).toMatchObject({
    params: { diagnostics: [{ code: 'unknown-field', range: { start: { line: 1 } } }] },
  });
  const line = { line: 1, character: 3 };
  const { result: actions } = await server.request('textDocument/codeAction', {
    textDocument,
    range: { start: line, end: line },
  });
  expect(actions).toMatchObject([
    { edit: { changes: { [textDocument.uri]: [{ newText: 'max_age' }] } } },
  ]);
  const { result: hover } = await server.request('textDocument/hover', {
    textDocument,
    position: { line: 2, character: 3 },
  });
  expect(hover).toMatchObject({ contents: { kind: 'markdown' } });
});
