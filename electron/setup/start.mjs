import { prepare } from './prepare.mjs';
import { fail, handOver, inProject } from './project.mjs';

try {
  await prepare({ halves: ['node', 'renderer'] });
  handOver([inProject('dist/cli/cli.js'), ...process.argv.slice(2)]);
} catch (problem) {
  fail(problem);
}
