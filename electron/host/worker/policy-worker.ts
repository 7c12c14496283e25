/** The program of a policy worker thread; bundled to dist/host/policy-worker.js. */
import { createPolicyRuntime } from '../../../lua-runtime/kumod/policy-runtime.ts';
import { servePolicy } from './serve-policy.ts';

servePolicy(createPolicyRuntime);
