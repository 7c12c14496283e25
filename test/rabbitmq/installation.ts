/** Where RabbitMQ is installed: on this machine, or in the Debian tree that RABBITMQ_ROOT names. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** A program, and what must stand before its own arguments. */
export type Command = readonly [program: string, ...args: string[]];

export interface RabbitmqInstallation {
  /** What the programs see as `/`; the node's files must be below it. */
  readonly root: string;
  readonly server: Command;
  readonly ctl: Command;
  readonly epmd: Command;
}

/**
 * The programs, or why there are none to run. Throws `Error` when RABBITMQ_ROOT names a folder without
 * RabbitMQ: who asks for another one must not get the machine's.
 */
export function findRabbitmq(): RabbitmqInstallation | { readonly missing: string } {
  if (process.platform === 'win32') {
    return { missing: 'the private RabbitMQ node of the tests needs a POSIX system' };
  }
  const root = process.env['RABBITMQ_ROOT'];
  if (root !== undefined && root !== '') return inTree(resolve(root));
  return onMachine((process.env['PATH'] ?? '').split(delimiter));
}

// Debian's programs in /usr/sbin change to the user rabbitmq first; those in /usr/lib do not.
const debianFolder = '/usr/lib/rabbitmq/bin';

function onMachine(path: readonly string[]): RabbitmqInstallation | { readonly missing: string } {
  const folders = [debianFolder, ...path];
  const server = find('rabbitmq-server', folders);
  const ctl = find('rabbitmqctl', folders);
  const epmd = find('epmd', folders);
  if (server === undefined || ctl === undefined || epmd === undefined) {
    return { missing: 'rabbitmq-server is not installed' };
  }
  return { root: '/', server: [server], ctl: [ctl], epmd: [epmd] };
}

function inTree(root: string): RabbitmqInstallation {
  const [server, ctl, epmd] = ['rabbitmq-server', 'rabbitmqctl', 'epmd'].map((program) => {
    const folder = [debianFolder, '/usr/bin'].find((it) => isProgram(join(root, it, program)));
    if (folder === undefined) {
      throw new Error(
        `RABBITMQ_ROOT has no ${program} in ${root}; npm run differential -- ${root} installs it.`,
      );
    }
    return entering(root, join(folder, program));
  }) as [Command, Command, Command];
  return { root, server, ctl, epmd };
}

/**
 * RabbitMQ reads /proc. It is mounted where only this process sees it, so that nothing is left mounted
 * however the node ends.
 */
function entering(root: string, program: string): Command {
  const script = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"';
  return ['unshare', '--mount', 'sh', '-c', script, root, program];
}

function find(program: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, program)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
