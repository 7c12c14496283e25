import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli } from './run-cli.ts';

/** The file of a policy with this handler of `main`. */
function policyWith(main: string): string {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  const file = join(folder, 'tool.lua');
  writeFileSync(file, `local kumo = require 'kumo'\n${main}\n`);
  return file;
}

const ECHO = `kumo.on('main', function(...)
  print(select('#', ...), ...)
  for _, arg in ipairs { ... } do io.write(type(arg), ' ') end
  io.write '\\n'
end)`;

describe('script', () => {
  it('calls main with each argument as a string, and prints what the script prints', async () => {
    const end = await runCli(['script', policyWith(ECHO), '--', 'a b', '7', '--json']);
    expect(end).toEqual({
      status: 0,
      stdout: '3\ta b\t7\t--json\nstring string string \n',
      stderr: '',
    });
  });

  it('ends as kumod does for an error, in its words', async () => {
    const policy = policyWith("kumo.on('main', function() error('no list given') end)");
    const { status, stdout, stderr } = await runCli(['script', policy]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Shutdown due to error: .*tool\.lua:2: no list given/);
    expect(stderr.match(/no list given/g)).toHaveLength(1);
  });

  it('says that nothing is registered for main, which kumod does not', async () => {
    const { status, stderr } = await runCli(['script', policyWith('')]);
    expect([status, stderr]).toEqual([1, 'The policy registers nothing for the event main.\n']);
  });

  it('publishes to the embedded broker, and tells it with --json', async () => {
    const policy = policyWith(`kumo.on('main', function(queue)
  kumo.amqp.build_client('amqp://example'):publish({ routing_key = queue, payload = 'x' }):wait()
end)`);
    const { status, stdout } = await runCli(['script', policy, '--json', '--', 'nowhere']);
    const entries = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry);
    expect(status).toBe(0);
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'verdict', verdict: 'unroutable' }),
    );
  });

  it('names the limit that ended it', async () => {
    const policy = policyWith("kumo.on('main', function() while true do end end)");
    const { status, stderr } = await runCli(['script', policy, '--deadline', '200']);
    expect(status).toBe(1);
    expect(stderr).toContain('ran for more than 0.2 s (main, at tool.lua:2)');
  });

  it('asks for a policy', async () => {
    expect(await runCli(['script'])).toMatchObject({
      status: 2,
      stderr: 'Give a policy: script POLICY [-- ARG…].\n',
    });
  });
});
