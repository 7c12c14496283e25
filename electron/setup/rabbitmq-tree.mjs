/** A Debian tree with another RabbitMQ than the machine's, which the tests enter with chroot. */
import fs from 'node:fs';
import path from 'node:path';
import { SetupProblem, run, say } from './project.mjs';

/** Debian 13, whose rabbitmq-server is 4.0. */
const release = 'trixie';
const mirror = 'http://deb.debian.org/debian';

/**
 * Makes the tree where it is missing (a minute, 500 MB), and installs RabbitMQ where that is missing;
 * what is there is used as it is. Needs root, debootstrap and the network only for what it makes.
 *
 * @param {string} folder
 * @throws {SetupProblem} with what to do
 */
export async function ensureRabbitmqTree(folder) {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') {
    throw new SetupProblem(`Entering ${folder} needs root on Linux: run this again with sudo.`);
  }
  if (has(folder, 'usr/lib/rabbitmq/bin/rabbitmq-server')) return;
  if (!has(folder, 'usr/bin/apt-get')) await makeTree(folder);
  await installRabbitmq(folder);
}

function has(folder, file) {
  return fs.existsSync(path.join(folder, file));
}

async function makeTree(folder) {
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
    throw new SetupProblem(`${folder} is no Debian tree and not empty: name a folder to be made.`);
  }
  say(`Making a tree of Debian ${release} in ${folder} …`);
  const status = await run('debootstrap', ['--variant=minbase', release, folder, mirror], {
    quiet: true,
  }).catch(() => undefined);
  if (status === undefined) {
    throw new SetupProblem(
      'debootstrap is missing: apt-get install debootstrap, and run this again.',
    );
  }
  if (status !== 0) {
    throw new SetupProblem(
      `debootstrap could not make ${folder}: see its message above, remove the folder, and run this again.`,
    );
  }
}

async function installRabbitmq(folder) {
  say(`Installing RabbitMQ in ${folder} …`);
  // Nothing is started in there but by the tests (invoke-rc.d(8)).
  fs.writeFileSync(path.join(folder, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', {
    mode: 0o755,
  });
  const apt = (...args) =>
    run('chroot', [folder, 'apt-get', '-q', '-y', ...args], {
      quiet: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  await apt('update');
  if ((await apt('install', '--no-install-recommends', 'rabbitmq-server')) !== 0) {
    throw new SetupProblem(
      `apt could not install RabbitMQ in ${folder}: see its message above, and run this again.`,
    );
  }
}
