/** Where RabbitMQ is installed on this machine, if it is. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface RabbitmqInstallation {
  readonly server: string;
  readonly ctl: string;
  readonly epmd: string;
}

/** The programs, or why there are none to run. */
export function findRabbitmq(): RabbitmqInstallation | { readonly missing: string } {
  if (process.platform === 'win32') {
    return { missing: 'the private RabbitMQ node of the tests needs a POSIX system' };
  }
  // Debian's programs in /usr/sbin change to the user rabbitmq first; those in /usr/lib do not.
  const folders = ['/usr/lib/rabbitmq/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const server = find('rabbitmq-server', folders);
  const ctl = find('rabbitmqctl', folders);
  const epmd = find('epmd', folders);
  if (server === undefined || ctl === undefined || epmd === undefined) {
    return { missing: 'rabbitmq-server is not installed' };
  }
  return { server, ctl, epmd };
}

function find(program: string, folders: readonly string[]): string | undefined {
  return folders
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
