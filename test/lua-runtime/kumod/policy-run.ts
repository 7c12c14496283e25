/**
 * Runs a policy in a real engine against a host in memory: files from a map, a broker that answers
 * as it is told, a clock that moves by itself.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createPolicyRuntime } from '../../../lua-runtime/kumod/policy-runtime.ts';
import { createMessageId } from '../../../lua-runtime/kumod/message-id.ts';
import type {
  AttemptOutcome,
  HostCallName,
  HostCallResult,
  HostCalls,
  MessageInput,
  PolicyRuntime,
  PolicySession,
  RuntimeHost,
  SessionSpec,
} from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { Entry, EntryBody, PolicyFailure } from '../../../lua-runtime/recording/entries.ts';
import { lossWarning } from '../../../lua-runtime/recording/loss-warning.ts';
import { Recorder } from '../../../lua-runtime/recording/recorder.ts';
import { createVm, ENGINES, type EngineChoice } from '../../../lua-runtime/vm/create-vm.ts';
import { compileLua54 } from '../../../lua-runtime/vm/lua54/lua54.ts';
import type { EngineId, LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';

export { ENGINES };

const lua54Module = compileLua54(
  readFileSync(createRequire(import.meta.url).resolve('wasmoon/dist/glue.wasm')),
);

export function startVm(engine: EngineId, seed: number): LuaVm {
  const choice: EngineChoice = engine === 'lua54' ? { engine, module: lua54Module } : { engine };
  return createVm(choice, { seed });
}

type ConfirmStatus = HostCalls['amqp.wait_confirm']['output']['status'];

/** A broker that says yes, unless a test tells it otherwise. */
export interface BrokerAnswers {
  readonly connect?: { readonly error: string };
  readonly confirm?: ConfirmStatus;
}

export class MemoryHost implements RuntimeHost {
  readonly environment: { readonly [name: string]: string };
  readonly files: { readonly [path: string]: string };
  readonly recorder = new Recorder();
  answers: BrokerAnswers = {};
  time = Date.UTC(2026, 6, 1, 12);
  #published = 0;
  #stamp: { message?: number; session?: number } = {};

  constructor(
    files: { readonly [path: string]: string },
    environment: { readonly [name: string]: string } = {},
  ) {
    this.files = files;
    this.environment = environment;
  }

  readFile(path: string): Uint8Array | undefined {
    const text = this.files[path];
    return text === undefined ? undefined : new TextEncoder().encode(text);
  }

  call<N extends HostCallName>(name: N, input: HostCalls[N]['input']): HostCallResult<N> {
    return this.#answer(name, input) as HostCallResult<N>;
  }

  now(): number {
    this.time += 0.125;
    return this.time;
  }

  emit(entry: EntryBody): void {
    this.#stamp = {
      ...(entry.message === undefined ? undefined : { message: entry.message }),
      ...(entry.session === undefined ? undefined : { session: entry.session }),
    };
    this.recorder.record(entry);
  }

  scriptStarts(): void {}
  scriptEnds(): void {}

  #answer(name: HostCallName, input: HostCalls[HostCallName]['input']): unknown {
    switch (name) {
      case 'amqp.connect':
        if (this.answers.connect) return { ok: false, error: this.answers.connect.error };
        return { ok: true, output: { client: 1 } };
      case 'amqp.publish':
      case 'amqp.basic_publish':
        return {
          ok: true,
          output: { publish: this.#publish(input as HostCalls['amqp.publish']['input']) },
        };
      case 'amqp.wait_confirm':
        return { ok: true, output: { status: this.answers.confirm ?? 'Ack' } };
      case 'amqp.close':
        return { ok: true, output: null };
    }
  }

  /** Writes what the host of the workbench writes: the publish, and what the broker did. */
  #publish(request: HostCalls['amqp.publish']['input']): number {
    const publish = ++this.#published;
    this.emit({
      kind: 'publish',
      at: this.now(),
      ...this.#stamp,
      publish,
      api: request.api,
      exchange: request.exchange,
      routing_key: request.routing_key,
      mandatory: request.mandatory,
      properties: request.properties,
      size: request.payload.length,
      payload_preview: new TextDecoder().decode(request.payload),
    });
    this.emit({
      kind: 'verdict',
      at: this.now(),
      ...this.#stamp,
      publish,
      verdict: this.answers.confirm === 'Nack' ? 'nacked' : 'acked',
      latency_us: 100,
    });
    return publish;
  }
}

export const CREATED = Date.UTC(2026, 6, 1, 11, 59);

export function messageInput(overrides: Partial<MessageInput> = {}): MessageInput {
  const message = overrides.message ?? 1;
  return {
    message,
    id: createMessageId(CREATED, message, 7),
    sender: 'sender@example.org',
    recipients: ['user@example.com'],
    meta: {},
    data: new TextEncoder().encode('Subject: hello\r\n\r\nbody\r\n'),
    num_attempts: 0,
    created: CREATED,
    queue: 'amqp',
    ...overrides,
  };
}

export interface PolicyRun {
  readonly host: MemoryHost;
  /** The engine of `runtime`. */
  readonly vm: LuaVm;
  readonly runtime: PolicyRuntime;
  readonly entries: readonly Entry[];
  openSession(queue?: string): PolicySession;
  /** Another Lua context of the same run, with a session in it. */
  openSessionInNewContext(session: number, queue?: string): PolicySession;
  /** Delivers, and ends the message as the host of the workbench does: warning, then record. */
  deliver(session: PolicySession, overrides?: Partial<MessageInput>): AttemptOutcome;
}

export const SEED = 42;

/** Loads `init.lua`. @throws Error when it does not load: see `loadFailure`. */
export function runPolicy(
  engine: EngineId,
  policy: string,
  options: {
    readonly files?: { readonly [path: string]: string };
    readonly environment?: { readonly [name: string]: string };
  } = {},
): PolicyRun {
  const host = new MemoryHost({ 'init.lua': policy, ...options.files }, options.environment);
  host.emit({
    kind: 'run',
    at: host.now(),
    run_id: 'run',
    policy: 'init.lua',
    engine,
    kumomta: '2026.06.23',
    broker: { profile: 'embedded', address: 'amqp://127.0.0.1' },
    confirms: 'broker',
    seed: SEED,
  });
  const newContext = (vm: LuaVm): PolicyRuntime => {
    const load = createPolicyRuntime(vm, host, {
      policyFile: 'init.lua',
      seed: SEED,
    });
    if (!load.ok) throw new Error(load.failure.text);
    return load.runtime;
  };
  const vm = startVm(engine, SEED);
  const runtime = newContext(vm);
  const specOf = (session: number, queue: string): SessionSpec => ({
    session,
    session_id: `11111111-1111-4111-8111-11111111111${session}`,
    nodeid: '22222222-2222-4222-8222-222222222222',
    resolution: runtime.resolveQueue(queue),
  });
  return {
    host,
    vm,
    runtime,
    entries: host.recorder.entries,
    openSession: (queue = 'amqp') => runtime.openSession(specOf(1, queue)),
    openSessionInNewContext: (session, queue = 'amqp') =>
      newContext(startVm(engine, SEED)).openSession(specOf(session, queue)),
    deliver(session, overrides) {
      const outcome = session.deliver(messageInput(overrides));
      const own = host.recorder.entries.filter(({ message }) => message === outcome.message);
      const stamps = { message: outcome.message, session: own[0]?.session ?? 1 };
      const verdicts = own.filter((entry) => entry.kind === 'verdict');
      const warning = lossWarning(outcome.record, verdicts);
      if (warning !== undefined) host.emit({ ...warning, ...stamps, at: host.now() });
      host.emit({
        kind: 'record',
        at: host.now(),
        ...stamps,
        record: outcome.record,
        ...(outcome.next_attempt === undefined
          ? undefined
          : { next_attempt: outcome.next_attempt }),
      });
      return outcome;
    },
  };
}

/** Why a policy does not load, with what was recorded. */
export function loadFailure(
  engine: EngineId,
  policy: string,
): { readonly failure: PolicyFailure; readonly entries: readonly Entry[] } {
  const host = new MemoryHost({ 'init.lua': policy });
  const load = createPolicyRuntime(startVm(engine, SEED), host, {
    policyFile: 'init.lua',
    seed: SEED,
  });
  if (load.ok) throw new Error('the policy loads');
  return { failure: load.failure, entries: host.recorder.entries };
}

/** A policy with one custom_lua queue whose constructor has this body. */
export function customLuaPolicy(constructorBody: string, queueFields = ''): string {
  return `
local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config {
    ${queueFields}
    protocol = { custom_lua = { constructor = 'make.amqp' } },
  }
end)
kumo.on('make.amqp', function(domain, tenant, campaign)
  ${constructorBody}
end)
`;
}

/** The same with only the body of `send(self, message)`. */
export function sendPolicy(sendBody: string, queueFields = ''): string {
  return customLuaPolicy(
    `local sender = {}
  function sender:send(message)
    ${sendBody}
  end
  return sender`,
    queueFields,
  );
}
