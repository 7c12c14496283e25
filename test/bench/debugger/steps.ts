/**
 * A step as a client of the Debug Adapter Protocol sees it, without a window: from its request to the
 * stop with its stack and the values in reach.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { createPolicyTarget } from '../../../electron/cli/dap-target.ts';
import { openDebugAdapter } from '../../../electron/host/open-debug-adapter.ts';
import type { DapAdapter } from '../../../lua-runtime/debugger/dap/dap-adapter.ts';
import { percentile } from '../measure.ts';
import type { Reading } from '../measure.ts';

const STEPS = 200;
const AIM_MS = 20;

/** Some tables in reach and a call a line, as a real policy has them. */
const POLICY = `local kumo = require 'kumo'
local tenants = {}
for i = 1, 200 do tenants['tenant' .. i] = { exchange = 'mail', key = i } end
local function key_of(name)
  local tenant = tenants[name]
  return tenant and tenant.key or 0
end
kumo.on('work', function()
  local total = 0
${"  total = total + key_of('tenant7')\n".repeat(STEPS * 2)}
  return total
end)
`;
const FIRST_LINE = POLICY.split('\n').findIndex((line) => line.includes('total = total')) + 1;

class Client {
  readonly #adapter: DapAdapter;
  readonly #answers = new Map<number, (response: DebugProtocol.Response) => void>();
  #onStop: () => void = () => undefined;
  #seq = 0;

  constructor() {
    this.#adapter = openDebugAdapter({
      send: (message) => this.#receive(message),
      createTarget: createPolicyTarget,
      onDisconnected: () => undefined,
      defaults: { stopOnEnd: false },
    });
  }

  async ask<B = unknown>(command: string, args: object = {}): Promise<B> {
    const seq = ++this.#seq;
    const answer = new Promise<DebugProtocol.Response>((resolve) =>
      this.#answers.set(seq, resolve),
    );
    this.#adapter.receive({ type: 'request', seq, command, arguments: args });
    const response = await answer;
    if (!response.success) throw new Error(`${command}: ${response.message ?? ''}`);
    return response.body as B;
  }

  /** Milliseconds from the request to the answers that a client asks for at the stop. */
  async move(command: string): Promise<number> {
    const started = performance.now();
    const stopped = new Promise<void>((resolve) => (this.#onStop = resolve));
    await this.ask(command, { threadId: 1 });
    await stopped;
    const { stackFrames } = await this.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', {
      threadId: 1,
    });
    const frameId = stackFrames[0]?.id;
    const { scopes } = await this.ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId });
    for (const { expensive, variablesReference } of scopes) {
      if (!expensive) await this.ask('variables', { variablesReference });
    }
    return performance.now() - started;
  }

  close(): Promise<void> {
    return this.#adapter.close();
  }

  #receive(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      this.#answers.get(response.request_seq)?.(response);
    } else if ((message as DebugProtocol.Event).event === 'stopped') this.#onStop();
  }
}

export async function stepReadings(): Promise<Reading[]> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kumo-bench-')));
  const program = path.join(folder, 'init.lua');
  writeFileSync(program, POLICY);
  const client = new Client();
  try {
    await client.ask('initialize', { adapterID: 'kumo', supportsVariablePaging: true });
    await client.ask('launch', { program, event: 'work' });
    const breakpoints = [{ line: FIRST_LINE }];
    await client.ask('setBreakpoints', { source: { path: program }, breakpoints });
    await client.move('configurationDone');
    const readings: Reading[] = [];
    for (const [command, title] of KINDS) {
      const times: number[] = [];
      for (let step = 0; step < STEPS; step++) times.push(await client.move(command));
      const p95 = percentile(times, 95);
      readings.push({
        subject: `${title}, asked over DAP, p95 of ${STEPS}`,
        value: `${p95.toFixed(1)} ms`,
        aim: `under ${AIM_MS} ms`,
        met: p95 < AIM_MS,
      });
    }
    return readings;
  } finally {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const KINDS = [
  ['next', 'step over'],
  ['stepIn', 'step into'],
] as const;
