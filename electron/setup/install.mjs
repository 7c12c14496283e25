import fs from 'node:fs';
import { SetupProblem, inProject, run, say } from './project.mjs';

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Whether node_modules is missing or holds other packages than package-lock.json asks for. npm keeps
 * what it installed in node_modules/.package-lock.json and writes that file last, so an interrupted
 * installation is seen too.
 *
 * @param {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} wanted
 * @param {typeof wanted | undefined} installed
 */
export function isStale(wanted, installed) {
  if (installed === undefined) return true;
  return Object.entries(wanted.packages).some(([place, pkg]) => {
    if (place === '') return false;
    const there = installed.packages[place];
    if (there === undefined) return pkg.optional !== true;
    return there.version !== pkg.version || there.integrity !== pkg.integrity;
  });
}

/** Installs the npm packages when they are missing or stale. */
export async function ensureInstalled() {
  const wanted = readJson(inProject('package-lock.json'));
  if (wanted === undefined) {
    throw new SetupProblem('package-lock.json is missing or damaged: check out the project again.');
  }
  if (!isStale(wanted, readJson(inProject('node_modules/.package-lock.json')))) return;
  say('Installing packages (npm ci) …');
  const status = await run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    quiet: true,
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: process.platform === 'win32',
    env: {
      // Browsers and Electron's binary are looked for later, and do without when they are not there.
      ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
      // `npm start` and `npm test` may run with NODE_ENV=production, which leaves the tools out.
      NODE_ENV: undefined,
      npm_config_omit: '',
    },
  });
  if (status !== 0) {
    throw new SetupProblem(
      'npm could not install the packages: see its message above, check the connection to the npm registry, and run the command again.',
    );
  }
}
