/**
 * get_queue_config through the whole simulate path (host, worker thread, handler, effective config,
 * ready queue, and the answer back in the host) against the bare handler under native Lua 5.4.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { DEFAULT_LIMITS } from '../../electron/host/worker/worker-contract.ts';
import { startPolicyWorker } from '../../electron/host/worker/start-policy-worker.ts';
import { compare } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { renderTable } from './table.ts';

const CALLS = 30_000;
/** As many as a route map or a person's list of queues asks for at once. */
const BATCH = 1_000;
const DOMAINS = [
  'gmail.com',
  'mail.yahoo.com',
  'foo.invalid',
  'amqp',
  'news.example.org',
  'yahoo.com',
];

const folder = path.join(projectFolder, 'test/bench/resolve');
const queues = Array.from({ length: CALLS }, (_, i) => {
  const tenant = i % 3 === 0 ? `vip${i % 7}` : `t${i % 5}`;
  return `x,y,z:${tenant}@${DOMAINS[i % DOMAINS.length] ?? ''}`;
});

const worker = startPolicyWorker({
  engine: 'lua54',
  workspaceRoot: folder,
  policyFile: 'policy.lua',
  seed: 1,
  environment: {},
  limits: DEFAULT_LIMITS,
  handleCall: () => ({ ok: false, error: 'this policy publishes nothing' }),
  onEntries: () => undefined,
});
const loaded = await worker.load();
if (!loaded.ok) throw new Error(loaded.failure.text);

async function ours(): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < CALLS; i += BATCH) {
    const answers = await worker.resolve(queues.slice(i, i + BATCH));
    if (answers.some((answer) => answer.config === undefined))
      throw new Error('A queue has no config.');
  }
  return ((performance.now() - started) * 1000) / CALLS;
}

function native(): Promise<number> {
  const seconds = execFileSync(
    'lua5.4',
    [path.join(folder, 'native.lua'), path.join(folder, 'policy.lua'), String(CALLS)],
    { encoding: 'utf8' },
  );
  return Promise.resolve((Number(seconds) * 1_000_000) / CALLS);
}

const comparison = await compare({
  subject: 'get_queue_config, whole simulate path',
  unit: 'µs',
  peerName: 'lua5.4, handler alone',
  aim: { atMost: 4 },
  rounds: 7,
  ours,
  peer: native,
});
await worker.terminate();
process.stdout.write(`${renderTable([comparison], [])}\n`);
