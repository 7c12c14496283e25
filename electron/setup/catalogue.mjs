/** The comparison of the catalogue with a KumoMTA checkout. */
import { runBundled } from './run-bundled.mjs';

await runBundled('test/catalogue/compare-catalogue.ts', 'catalogue/compare-catalogue.js');
