import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SetupProblem, run, say } from './project.mjs';

/** Debian keeps servers where only root's PATH looks. */
const searchPath = [
  ...(process.env.PATH ?? '').split(path.delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
];

function onPath(...names) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.bat', '.cmd'] : [''];
  return names.some((name) =>
    searchPath.some((folder) =>
      suffixes.some((suffix) => fs.existsSync(path.join(folder, name + suffix))),
    ),
  );
}

async function hasPlaywrightChromium() {
  const { chromium } = await import('@playwright/test');
  return fs.existsSync(chromium.executablePath());
}

function hasPika() {
  // A Python of the person's own may stand before the system's, which has Debian's packages.
  return ['/usr/bin/python3', 'python3'].some(
    (python) => spawnSync(python, ['-c', 'import pika'], { stdio: 'ignore' }).status === 0,
  );
}

/** What the tests run beside the workbench: real brokers, clients, a browser, a native Lua. */
const programs = [
  {
    name: 'Chromium',
    debian: 'chromium',
    isThere: () => onPath('chromium', 'google-chrome') || hasPlaywrightChromium(),
  },
  { name: 'RabbitMQ', debian: 'rabbitmq-server', isThere: () => onPath('rabbitmq-server') },
  { name: 'Lua 5.4', debian: 'lua5.4', isThere: () => onPath('lua5.4') },
  { name: 'amqp-tools', debian: 'amqp-tools', isThere: () => onPath('amqp-publish') },
  { name: 'Pika for Python', debian: 'python3-pika', isThere: hasPika },
];

async function missingPrograms() {
  const missing = [];
  for (const program of programs) if (!(await program.isThere())) missing.push(program);
  return missing;
}

const isDebian = () => fs.existsSync('/etc/debian_version') && onPath('apt-get');

function installCommand(missing) {
  const packages = missing.map(({ debian }) => debian).join(' ');
  if (isDebian()) return `sudo apt-get update && sudo apt-get install -y ${packages}`;
  if (process.platform === 'darwin') {
    return 'brew install rabbitmq rabbitmq-c lua && pip3 install pika && npx playwright install chromium';
  }
  return undefined;
}

/**
 * Finds the programs that the tests need; installs them with apt when this is root on Debian.
 * Throws with the one command to run when something is missing and may not be installed.
 */
export async function ensureSystemPrograms() {
  let missing = await missingPrograms();
  if (missing.length > 0 && isDebian() && process.getuid() === 0) {
    await aptInstall(missing.map(({ debian }) => debian));
    missing = await missingPrograms();
  }
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  const command = installCommand(missing);
  throw new SetupProblem(
    command === undefined
      ? `The tests need ${names}: install them so that they are on the PATH, and run npm test again.`
      : `The tests need ${names}. Run this, then npm test again:\n  ${command}`,
  );
}

async function aptInstall(packages) {
  say(`Installing ${packages.join(', ')} with apt …`);
  await withoutStartingServices(async () => {
    const apt = (...args) =>
      run('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], {
        quiet: true,
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      });
    // A list that cannot be renewed may still do.
    await apt('update');
    if ((await apt('install', '--no-install-recommends', ...packages)) !== 0) {
      throw new SetupProblem(
        `apt could not install ${packages.join(', ')}: see its message above, and run npm test again.`,
      );
    }
  });
}

const policyFile = '/usr/sbin/policy-rc.d';

/**
 * Debian starts a server as soon as it is installed, unless policy-rc.d answers 101 (invoke-rc.d(8)):
 * the tests start brokers of their own.
 */
async function withoutStartingServices(work) {
  const before = fs.existsSync(policyFile) ? fs.readFileSync(policyFile) : undefined;
  const mode = before === undefined ? undefined : fs.statSync(policyFile).mode;
  fs.writeFileSync(policyFile, '#!/bin/sh\nexit 101\n');
  fs.chmodSync(policyFile, 0o755);
  try {
    await work();
  } finally {
    if (before === undefined) fs.rmSync(policyFile);
    else {
      fs.writeFileSync(policyFile, before);
      fs.chmodSync(policyFile, mode);
    }
  }
}
