/** `check` on the data files of helpers, and what its JSON and SARIF carry for other programs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli } from './run-cli.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

interface Told {
  readonly file: string;
  readonly code: string;
  readonly fixes?: readonly { edits: readonly { file: string; newText: string }[] }[];
  readonly related?: readonly { file: string }[];
}
const checked = async (path: string): Promise<Told[]> =>
  JSON.parse((await runCli(['check', path, '--format', 'json'])).stdout) as Told[];

// kumod's helpers are not on this machine, so that a whole policy with them does not load.
const MODULE = `local queue = require 'policy-extras.queue'
return function()
  return queue:setup { '/opt/kumomta/etc/policy/routing.toml' }
end
`;

describe('data files', () => {
  it('are checked in a folder as what the policy hands them to', async () => {
    const folder = folderWith({
      'lib/setup.lua': MODULE,
      'etc/routing.toml': '[queue.default]\nmax_agee = "1h"\n',
      'shaping.json': '{ "gmail.com": { "connection_limit": "x" } }',
      'package.json': '{ "name": "x", }',
    });
    const found = await checked(folder);
    expect(found.map(({ file, code }) => [file, code])).toEqual([
      [join(folder, 'etc/routing.toml'), 'unknown-field'],
    ]);
  });

  it('are checked alone, by what stands beside them', async () => {
    const folder = folderWith({
      'init.lua': MODULE,
      'routing.toml': '[tenant.x]\nrouting_domain = "a"\n',
      'queues.toml': 'x = \n',
    });
    expect(await checked(join(folder, 'routing.toml'))).toMatchObject([{ code: 'unknown-field' }]);
    const { status, stdout } = await runCli(['check', join(folder, 'queues.toml')]);
    expect(stdout).toMatch(/queues\.toml:1:3: error: A value is missing.*\[syntax\]/);
    expect(status).toBe(1);
  });

  it('say nothing when they are right', async () => {
    const folder = folderWith({ 'sources.toml': '[source."ip-1"]\nsource_address = "10.0.0.1"\n' });
    expect(await checked(folder)).toEqual([]);
  });
});

describe('fixes and related places', () => {
  const files = {
    'queues.toml': '[queue.default]\nmax_agee = "1h"\n',
    'queues.json': '{ "tenant": { "t": {}, "t": {} } }',
  };

  it('are in the JSON, named as the path was', async () => {
    const folder = folderWith(files);
    const found = await checked(folder);
    expect(found).toMatchObject([
      { code: 'duplicate-field', related: [{ file: join(folder, 'queues.json') }] },
      {
        code: 'unknown-field',
        fixes: [{ edits: [{ file: join(folder, 'queues.toml'), newText: 'max_age' }] }],
      },
    ]);
  });

  it('are in the SARIF, as its fixes and related locations', async () => {
    const folder = folderWith(files);
    const { stdout } = await runCli(['check', folder, '--format', 'sarif']);
    const sarif = JSON.parse(stdout) as { runs: { results: object[] }[] };
    const uri = join(folder, 'queues.toml');
    expect(sarif.runs[0]?.results).toMatchObject([
      {
        relatedLocations: [
          {
            id: 0,
            message: { text: 'The one that counts.' },
            physicalLocation: { region: { startLine: 1 } },
          },
        ],
      },
      {
        fixes: [
          {
            description: { text: 'Change to max_age' },
            artifactChanges: [
              {
                artifactLocation: { uri },
                replacements: [
                  {
                    deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 9 },
                    insertedContent: { text: 'max_age' },
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });
});
