import { SetupProblem } from './project.mjs';

const needed = [20, 19];

/** Throws when this Node.js is older than package.json's `engines` allow. */
export function checkNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  throw new SetupProblem(
    `This is Node.js ${version}; the workbench needs ${needed.join('.')} or newer: install it from https://nodejs.org and run the command again.`,
  );
}
