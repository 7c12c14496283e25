/** The program of the policy worker threads, live and replaying; bundled to dist/host/policy-worker.js. */
import { constants, setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { createPolicyRuntime } from '../../../lua-runtime/kumod/policy-runtime.ts';
import { serveReplay } from '../debug/serve-replay.ts';
import { servePolicy } from './serve-policy.ts';

/*
 * Scripts at full speed step back behind the host's thread and the window, which show what they do.
 * Only Linux has priorities of single threads; elsewhere this would be the whole process.
 */
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

if ('replay' in (workerData as object)) serveReplay();
else servePolicy(createPolicyRuntime);
