import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli } from './run-cli.ts';

const SLOPPY = 'local kumo = require("kumo")\nif (kumo) then print("x") end\n';
const NEAT = "local kumo = require 'kumo'\nif kumo then\n  print 'x'\nend\n";

it('writes a folder in the style of KumoMTA, and names what it changed', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'lib'));
  writeFileSync(join(folder, 'init.lua'), NEAT);
  writeFileSync(join(folder, 'lib', 'x.lua'), SLOPPY);
  const checked = await runCli(['format', folder, '--check']);
  expect(checked).toMatchObject({ status: 1, stdout: `${join(folder, 'lib', 'x.lua')}\n` });
  expect(readFileSync(join(folder, 'lib', 'x.lua'), 'utf8')).toBe(SLOPPY);

  const written = await runCli(['format', folder]);
  expect(written).toMatchObject({ status: 0, stdout: checked.stdout });
  expect(readFileSync(join(folder, 'lib', 'x.lua'), 'utf8')).toBe(NEAT);
  expect(await runCli(['format', folder, '--check'])).toMatchObject({ status: 0, stdout: '' });
});

it('leaves alone what it cannot read, and says so', async () => {
  const folder = temporaryFolder();
  const [broken, latin] = [join(folder, 'broken.lua'), join(folder, 'latin.lua')];
  writeFileSync(broken, 'local x =');
  writeFileSync(latin, Buffer.from([0x2d, 0x2d, 0xe9, 0x0a, 0x78, 0x3d, 0x31]));
  const { status, stdout, stderr } = await runCli(['format', broken, latin]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(`${broken}: The text is not formatted while it has syntax errors.`);
  expect(stderr).toContain('latin.lua is not UTF-8 text');
  expect(readFileSync(latin)).toHaveLength(7);
});

it('says what to give it', async () => {
  expect(await runCli(['format'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('format PATH…') as string,
  });
  expect(await runCli(['format', '/no/such'])).toMatchObject({ status: 2 });
});
