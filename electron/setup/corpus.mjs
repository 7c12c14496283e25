/** The checks over a KumoMTA checkout. */
import { runBundled } from './run-bundled.mjs';

await runBundled('test/kumomta-corpus/check-kumomta.ts', 'kumomta-corpus/check-kumomta.js');
