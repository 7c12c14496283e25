import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CpuProfile } from '../../../lua-runtime/debugger/cpu-profile.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli, samplePolicy } from './run-cli.ts';

const ROUTING = samplePolicy('amqp-routing');

describe('deliver', () => {
  it('writes the coverage of the run as lcov and says the shares', async () => {
    const folder = join(temporaryFolder(), 'new', 'coverage');
    const args = ['deliver', ROUTING, '--queue', 'amqp', '--count', '4', '--coverage', folder];
    const { status, stdout, stderr } = await runCli(args);
    expect(status).toBe(0);
    expect(stdout).toContain('kumod logs       Delivery 200 250 ok');
    const lcov = readFileSync(join(folder, 'lcov.info'), 'utf8');
    expect(lcov).toContain(`SF:${join(ROUTING, 'init.lua')}\n`);
    expect(lcov).toContain('FNDA:4,sender:send\n');
    const source = readFileSync(join(ROUTING, 'init.lua'), 'utf8').split('\n');
    const line = source.findIndex((text) => text.includes('confirm:wait()')) + 1;
    expect(lcov).toContain(`DA:${line},4\n`);
    const found = Number(/LF:(\d+)/.exec(lcov)?.[1]);
    const hit = Number(/LH:(\d+)/.exec(lcov)?.[1]);
    const share = ((100 * hit) / found).toFixed(1);
    expect(stderr).toContain(
      `Coverage: lines ${share} % (${hit} of ${found}), functions 100.0 % (5 of 5)`,
    );
    expect(stderr).toContain(join(folder, 'lcov.info'));
  });

  it('writes a profile that viewers open', async () => {
    const file = join(temporaryFolder(), 'run.cpuprofile');
    const args = ['deliver', ROUTING, '--queue', 'amqp', '--count', '3', '--profile', file];
    const { status, stderr } = await runCli(args);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^Profile: [\d.]+ ms in the script, [\d.]+ ms in host calls; in /m);
    const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
    const names = nodes.map(({ callFrame }) => callFrame.functionName);
    expect(names).toEqual(expect.arrayContaining(['sender:send', 'amqp.publish', 'make.amqp']));
    const send = nodes.find(({ callFrame }) => callFrame.functionName === 'sender:send');
    expect(send?.callFrame.url).toBe(join(ROUTING, 'init.lua'));
  });

  it('says when there is no place to write to', async () => {
    const args = [
      'deliver',
      ROUTING,
      '--queue',
      'amqp',
      '--profile',
      join(temporaryFolder(), 'none', 'x'),
    ];
    const { status, stderr } = await runCli(args);
    expect(status).toBe(1);
    expect(stderr).toMatch(/none\/x cannot be written \(ENOENT.*\); name another place\.\n$/);
  });
});
