import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** @param {...string} parts below the root */
export const inProject = (...parts) => path.join(root, ...parts);

/** A reason to stop that needs no stack trace: one sentence that says what to do. */
export class SetupProblem extends Error {}

/** Says what set-up does. On stderr, so that the output of a command stays its own. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, quiet?: boolean,
 *   onOutput?: (text: string) => void, shell?: boolean }} [options]
 *   `quiet` sends its stdout to our stderr; `onOutput` sees stdout and stderr, which are still shown.
 * @returns {Promise<number>} its exit status; 128 + n after a signal n is folded to 1
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const watched = options.onOutput !== undefined;
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: watched
        ? ['inherit', 'pipe', 'pipe']
        : ['inherit', options.quiet ? 2 : 'inherit', 'inherit'],
      shell: options.shell ?? false,
    });
    if (watched) {
      for (const [from, to] of [
        [child.stdout, process.stdout],
        [child.stderr, process.stderr],
      ]) {
        from.setEncoding('utf8');
        from.on('data', (text) => {
          to.write(text);
          options.onOutput(text);
        });
      }
    }
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
}

/** Where the person typed the command: npm moves to the root and keeps the place in INIT_CWD. */
function callersFolder() {
  const { INIT_CWD } = process.env;
  return INIT_CWD !== undefined && process.cwd() === root ? INIT_CWD : process.cwd();
}

/** Runs a script of this checkout and ends this process as it ends, signals passed on. */
export function handOver(args) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', cwd: callersFolder() });
  const passOn = (signal) => child.kill(signal);
  // Ctrl+C in a terminal reaches the child by itself; we only must not end before it does.
  process.on('SIGINT', process.stdin.isTTY ? () => undefined : passOn);
  process.on('SIGTERM', passOn);
  process.on('SIGHUP', passOn);
  child.once('error', fail);
  child.once('exit', (status, signal) => {
    process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

/** Ends the process: a sentence for a known problem, the stack for a bug. */
export function fail(problem) {
  process.stderr.write(`${problem instanceof SetupProblem ? problem.message : problem.stack}\n`);
  process.exit(problem instanceof SetupProblem ? 2 : 3);
}
