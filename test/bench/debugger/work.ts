import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { projectFolder } from '../project-folder.ts';

/** What the script does: functions of routing.lua. */
export interface Work {
  readonly name: 'route' | 'count';
  readonly title: string;
  readonly rounds: number;
  /** The number of a line of routing.lua that runs in each round, and more often than any other. */
  readonly busyLine: number;
}

export const ROUTING: Work = { name: 'route', title: 'routing', rounds: 20_000, busyLine: 14 };
export const COUNTING: Work = {
  name: 'count',
  title: 'a bare loop',
  rounds: 3_000_000,
  busyLine: 72,
};

/** Of the policy. */
export const workFolder = path.join(projectFolder, 'test/bench/debugger');

/** Seconds of CPU under native Lua 5.4, without a hook or with an empty one for each line. */
export function native({ name, rounds }: Work, hook: 'none' | 'line'): Promise<number> {
  const seconds = execFileSync(
    'lua5.4',
    [path.join(workFolder, 'native.lua'), workFolder, name, String(rounds), hook],
    { encoding: 'utf8' },
  );
  return Promise.resolve(Number(seconds));
}

/** Seconds of CPU of all threads: what else runs on the machine does not count. */
export async function cpuSeconds(work: () => void | Promise<void>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000_000;
}
