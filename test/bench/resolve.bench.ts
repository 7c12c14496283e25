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

/** CPU time of all threads, as the peer's os.clock: what else runs on the machine counts for neither. */
async function resolveAll(record: boolean): Promise<number> {
  const started = process.cpuUsage();
  for (let i = 0; i < CALLS; i += BATCH) {
    const answers = await worker.resolve(queues.slice(i, i + BATCH), { record });
    if (answers.some((answer) => answer.config === undefined))
      throw new Error('A queue has no config.');
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / CALLS;
}

function native(): Promise<number> {
  const seconds = execFileSync(
    'lua5.4',
    [path.join(folder, 'native.lua'), path.join(folder, 'policy.lua'), String(CALLS)],
    { encoding: 'utf8' },
  );
  return Promise.resolve((Number(seconds) * 1_000_000) / CALLS);
}

function comparison(subject: string, record: boolean) {
  return compare({
    subject: `get_queue_config, ${subject}`,
    unit: 'µs',
    peerName: 'lua5.4, handler alone',
    aim: { atMost: 4 },
    rounds: 7,
    ours: () => resolveAll(record),
    peer: native,
  });
}

const table = [
  // As `resolve` and a route map ask.
  await comparison('whole simulate path of a list', false),
  // As Simulate asks, with each entry of the recording.
  await comparison('the same with its recording', true),
];
await worker.terminate();
process.stdout.write(`${renderTable(table, [])}\n`);
