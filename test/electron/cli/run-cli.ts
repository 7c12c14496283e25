/** Runs the built command line as a person would. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function samplePolicy(name: string): string {
  return join(root, 'lua-runtime/samples', name);
}

type Environment = Readonly<Record<string, string>>;

/** `env` is added to an environment with a data folder of its own. */
export function startCli(args: readonly string[], env: Environment = {}): ChildProcess {
  return spawn(process.execPath, [join(root, 'dist/cli/cli.js'), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, KUMO_WORKBENCH_HOME: temporaryFolder(), ...env },
  });
}

export function runCli(
  args: readonly string[],
  stdin = '',
  env: Environment = {},
): Promise<CliResult> {
  const child = startCli(args, env);
  child.stdin?.end(stdin);
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}

export interface JsonRun extends CliResult {
  readonly entries: readonly Entry[];
  /** Of the only message. */
  readonly record: Extract<Entry, { kind: 'record' }>['record'];
}

/** `deliver … --json`, its lines parsed. */
export async function deliverJson(
  args: readonly string[],
  env: Environment = {},
): Promise<JsonRun> {
  const result = await runCli(['deliver', ...args, '--json'], '', env);
  const entries = result.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
  const ended = entries.find((entry) => entry.kind === 'record');
  if (!ended) throw new Error(`No record. ${result.stderr}`);
  return { ...result, entries, record: ended.record };
}
