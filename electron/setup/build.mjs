import { build } from './bundles.mjs';
import { prepare } from './prepare.mjs';
import { fail } from './project.mjs';

try {
  await prepare({ halves: [] });
  await build(['node', 'renderer']);
} catch (problem) {
  fail(problem);
}
