import { prepare } from './prepare.mjs';
import { fail, handOver, inProject } from './project.mjs';

const args = process.argv.slice(2);

/** `serve` and the window (no command) show the renderer; every other command does without. */
function showsWindow() {
  const [first] = args;
  return first === undefined || first === 'serve' || /[/\\.]/.test(first);
}

try {
  await prepare({ halves: showsWindow() ? ['node', 'renderer'] : ['node'] });
  handOver([inProject('dist/cli/cli.js'), ...args]);
} catch (problem) {
  fail(problem);
}
