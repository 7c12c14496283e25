/** The program of the policy worker threads, live and replaying; bundled to dist/host/policy-worker.js. */
import { workerData } from 'node:worker_threads';
import { createPolicyRuntime } from '../../../lua-runtime/kumod/policy-runtime.ts';
import { serveReplay } from '../debug/serve-replay.ts';
import { servePolicy } from './serve-policy.ts';

if ('replay' in (workerData as object)) serveReplay();
else servePolicy(createPolicyRuntime);
