import { spawnSync } from 'node:child_process';
import { prepare } from './prepare.mjs';
import { fail, inProject, root, run } from './project.mjs';

/** A Debian package names its project's page: that of the repository this checkout came from. */
function homepage() {
  const { stdout } = spawnSync('git', ['remote', 'get-url', 'origin'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [, host, repository] =
    /^(?:https:\/\/|ssh:\/\/git@|git@)([^/:]+)[/:](.+?)(?:\.git)?\s*$/.exec(stdout ?? '') ?? [];
  return host === undefined ? [] : [`-c.extraMetadata.homepage=https://${host}/${repository}`];
}

/** Builds the installers of this platform into release/; arguments go to electron-builder. */
try {
  await prepare({ halves: ['node', 'renderer'] });
  process.exitCode = await run(process.execPath, [
    inProject('node_modules/electron-builder/cli.js'),
    '--config=electron-builder.yml',
    '--publish=never',
    ...homepage(),
    ...process.argv.slice(2),
  ]);
} catch (problem) {
  fail(problem);
}
