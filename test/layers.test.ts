import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';

/** One file each, with the rule that it breaks. */
const violations = {
  'lua-runtime/reads-a-file.ts': ["import 'node:fs';", 'lua-runtime-knows-nobody'],
  'lua-runtime/asks-the-host.ts': [
    "import '../electron/host/fine.ts';",
    'lua-runtime-knows-nobody',
  ],
  'lua-runtime/takes-a-package.ts': ["import 'zod';", 'lua-runtime-knows-nobody'],
  'lua-runtime/runs-dap-code.ts': [
    "import '@vscode/debugprotocol';",
    'lua-runtime-takes-only-types-of-dap',
  ],
  'electron/host/imports-electron.ts': [
    "import { app } from 'electron';\nexport const name = app.name;",
    'only-the-electron-shell-imports-electron',
  ],
  'electron/host/knows-a-shell.ts': ["import '../desktop/fine.ts';", 'host-knows-no-shell'],
  'electron/host/knows-the-cli.ts': ["import '../cli/fine.ts';", 'host-knows-no-shell'],
  'electron/amqp/knows-the-host.ts': [
    "import '../host/fine.ts';",
    'amqp-knows-neither-host-nor-shell',
  ],
  'electron/bridge/knows-the-host.ts': [
    "import '../host/fine.ts';",
    'bridge-knows-neither-host-nor-shell',
  ],
  'electron/host/imports-the-page.ts': [
    "import '../../renderer/fine.ts';",
    'electron-does-not-import-the-renderer',
  ],
  'electron/host/imports-a-test.ts': ["import '../../test/fine.ts';", 'nothing-imports-tests'],
  'renderer/uses-node.ts': ["import 'node:fs';", 'renderer-stays-in-the-page'],
  'renderer/reaches-the-host.ts': [
    "import '../electron/host/fine.ts';",
    'renderer-stays-in-the-page',
  ],
  'renderer/takes-values-of-the-bridge.ts': [
    "import { fine } from '../electron/bridge/fine.ts';\nexport const copy = fine;",
    'renderer-takes-only-types-of-the-bridge',
  ],
  'electron/host/circle-a.ts': ["import './circle-b.ts';", 'no-circular-imports'],
  'electron/host/imports-nothing-there.ts': ["import './missing.ts';", 'everything-resolves'],
} as const;

/** What each layer may do. */
const fine = {
  'lua-runtime/fine.ts': "import 'wasmoon';",
  'lua-runtime/knows-dap.ts':
    "import type { DebugProtocol } from '@vscode/debugprotocol';\nexport type Event = DebugProtocol.Event;",
  'electron/host/fine.ts': "import '../../lua-runtime/fine.ts';\nimport 'node:fs';",
  'electron/bridge/fine.ts': 'export const fine = 1;',
  'electron/desktop/fine.ts': "import { app } from 'electron';\nexport const name = app.name;",
  'electron/cli/fine.ts': "import '../host/fine.ts';\nimport '../amqp/fine.ts';",
  'electron/amqp/fine.ts': "import 'amqplib';",
  'renderer/fine.ts':
    "import type { fine } from '../electron/bridge/fine.ts';\nexport type X = typeof fine;",
  'test/fine.ts': "import '../electron/host/fine.ts';",
} as const;

/** The other half of a circle, which is reported of one of its files. */
const companions = { 'electron/host/circle-b.ts': "import './circle-a.ts';" };

const outputSchema = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const root = path.resolve(import.meta.dirname, '..');
let project: string;
let found: { file: string; rule: string }[];

function checkLayers(...options: string[]): Promise<{ status: number | null; stdout: string }> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const layers = ['electron', 'renderer', 'lua-runtime', 'test'];
  const args = [program, '--config=.dependency-cruiser.cjs', ...options, ...layers];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: project }, (_error, stdout) => {
      resolve({ status: child.exitCode, stdout });
    });
  });
}

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'layers-'));
  for (const file of ['tsconfig.json', 'package.json', '.dependency-cruiser.cjs']) {
    await cp(path.join(root, file), path.join(project, file));
  }
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'junction');
  const broken = Object.entries(violations).map(([file, [text]]) => [file, text] as const);
  for (const [file, text] of [...broken, ...Object.entries({ ...fine, ...companions })]) {
    await mkdir(path.dirname(path.join(project, file)), { recursive: true });
    await writeFile(path.join(project, file), `${text}\n`);
  }
  const { stdout } = await checkLayers('--output-type=json');
  found = outputSchema
    .parse(JSON.parse(stdout))
    .summary.violations.map(({ from, rule }) => ({ file: from, rule: rule.name }));
});
afterAll(async () => {
  await rm(project, { recursive: true });
});

test.each(Object.entries(violations))('%s breaks a rule', (file, [, rule]) => {
  expect(found).toContainEqual({ file, rule });
});

test('a broken rule fails the check', async () => {
  expect((await checkLayers()).status).toBeGreaterThan(0);
});

describe('what a layer may do', () => {
  test.each(Object.keys(fine))('%s breaks no rule', (file) => {
    expect(found.filter((violation) => violation.file === file)).toEqual([]);
  });
});
