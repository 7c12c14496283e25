import { prepare } from './prepare.mjs';
import { fail, inProject, run } from './project.mjs';

/** Builds the installers of this platform into release/; arguments go to electron-builder. */
try {
  await prepare({ halves: ['node', 'renderer'] });
  process.exitCode = await run(process.execPath, [
    inProject('node_modules/electron-builder/cli.js'),
    '--config',
    'electron-builder.yml',
    '--publish',
    'never',
    ...process.argv.slice(2),
  ]);
} catch (problem) {
  fail(problem);
}
