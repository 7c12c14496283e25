/** The worker's side: holds one Lua context and does what the host asks, one request at a time. */
import { getHeapStatistics } from 'node:v8';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type {
  HostCallName,
  HostCallResult,
  HostCalls,
  PolicyOptions,
  PolicyRuntime,
  PolicySession,
  RuntimeHost,
  SessionSpec,
} from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { EntryBody, PolicyFailure } from '../../../lua-runtime/recording/entries.ts';
import { createVm } from '../../../lua-runtime/vm/create-vm.ts';
import { LuaStatus } from '../../../lua-runtime/vm/lua-vm.ts';
import type { LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';
import type { WasmModule } from '../../../lua-runtime/vm/platform.ts';
import { BlockingPort } from '../debug/blocking-port.ts';
import { CommandInbox } from '../debug/command-inbox.ts';
import type { DebugPart } from '../debug/debug-messages.ts';
import { DebuggedContext } from '../debug/debugged-context.ts';
import { EntrySender } from './entry-sender.ts';
import { publishCaller, publishCurrentPosition, publishPositions } from './position-publisher.ts';
import { PublishAhead } from './publish-ahead.ts';
import { ScriptStateWriter } from './script-state.ts';
import type {
  HostCallRequest,
  WorkerAnswers,
  WorkerMessage,
  WorkerRequest,
  WorkerSetup,
} from './worker-messages.ts';
import { createWorkspaceReader } from './workspace-reader.ts';

/** Makes the context and runs the policy's main chunk in it. */
export type CreateRuntime = (
  vm: LuaVm,
  host: RuntimeHost,
  options: PolicyOptions,
) =>
  | { readonly ok: true; readonly runtime: PolicyRuntime }
  | { readonly ok: false; readonly failure: PolicyFailure };

/** Answers the host's requests until the thread ends. To be called in a worker thread. */
export function servePolicy(createRuntime: CreateRuntime): void {
  if (parentPort === null) throw new Error('A policy worker runs in a worker thread only.');
  const port = parentPort;
  const worker = new PolicyServer(workerData as WorkerSetup, createRuntime, (messages) => {
    port.postMessage(messages);
  });
  port.on('message', (request: WorkerRequest) => {
    worker.handle(request);
  });
}

class PolicyServer {
  private readonly setup: WorkerSetup;
  private readonly createRuntime: CreateRuntime;
  private readonly state: ScriptStateWriter;
  private readonly entries: EntrySender;
  private readonly ahead: PublishAhead;
  private readonly readFile: (path: string) => Uint8Array | undefined;
  private vm: LuaVm | undefined;
  private runtime: PolicyRuntime | undefined;
  private session: PolicySession | undefined;
  private spec: SessionSpec | undefined;
  private debugPort: BlockingPort | undefined;
  /** V8's heap before the policy ran. */
  private heapOfProgram = 0;
  /** Which message the script works for. */
  private message: number | undefined;

  constructor(
    setup: WorkerSetup,
    createRuntime: CreateRuntime,
    post: (messages: readonly WorkerMessage[]) => void,
  ) {
    this.setup = setup;
    this.createRuntime = createRuntime;
    this.state = new ScriptStateWriter(setup.state);
    this.entries = new EntrySender({
      post,
      state: this.state,
      flushedBeforeKill: setup.engine === 'lua54',
      onWaiting: (waits) => this.vm?.tellEngineCalls(waits),
    });
    this.ahead = new PublishAhead(setup.publishNumbers);
    this.readFile = createWorkspaceReader(setup.workspaceRoot);
  }

  handle(request: WorkerRequest): void {
    try {
      const answer = this.answer(request);
      this.entries.flush({ kind: 'done', answer });
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.entries.flush({ kind: 'failed', error: text });
    }
  }

  private answer(request: WorkerRequest): WorkerAnswers[keyof WorkerAnswers] {
    switch (request.kind) {
      case 'load':
        return this.load();
      case 'resolve': {
        const runtime = this.loadedRuntime();
        return request.queues.map((queue) => runtime.resolveQueue(queue));
      }
      case 'decide':
        return this.loadedRuntime().decideQueues(request.queues);
      case 'fire':
        return this.loadedRuntime().fireEvent(request.event, request.args);
      case 'script':
        return this.loadedRuntime().runScript(request.args);
      case 'open-session':
        this.spec = request.spec;
        this.session = this.loadedRuntime().openSession(request.spec);
        return null;
      case 'deliver':
        return this.deliver(request.messages);
      case 'end-context':
        this.endContext();
        return null;
    }
  }

  private endContext(): void {
    this.message = undefined;
    this.session?.close();
    this.runtime?.close();
    this.session = undefined;
    this.runtime = undefined;
    this.vm = undefined;
    this.spec = undefined;
  }

  private loadedRuntime(): PolicyRuntime {
    if (this.runtime === undefined) throw new Error('The policy is not loaded.');
    return this.runtime;
  }

  private load(): WorkerAnswers['load'] {
    const { policyFile, seed } = this.setup;
    const vm = this.startVm();
    this.heapOfProgram = heapInUse();
    const debugged = this.setup.debug && this.debug(this.setup.debug);
    const openLibraries = vm.openLibraries.bind(vm);
    vm.openLibraries = () => {
      openLibraries();
      publishPositions(vm, this.state, {
        look: () => {
          if (this.isHeapOverLimit()) this.endAtMemoryLimit();
        },
        beforeKill: () => {
          this.entries.flush();
        },
      });
      debugged?.attach(vm);
    };
    const target = vm.interruptTarget();
    if (target !== undefined) this.entries.flush({ kind: 'interruptible', target });
    vm.tellEngineCalls(this.entries.isWaiting);
    this.vm = vm;
    const host = this.createHost(vm);
    const loaded = this.createRuntime(vm, debugged?.around(host) ?? host, {
      policyFile,
      seed,
      ...(debugged && { uncaught: debugged.uncaught }),
      ...(this.setup.debug && { context: this.setup.debug.context }),
    });
    if (!loaded.ok) return { ok: false, failure: loaded.failure };
    this.runtime = loaded.runtime;
    return { ok: true };
  }

  private debug(part: DebugPart): DebuggedContext {
    const port = new BlockingPort({
      inbox: new CommandInbox(part),
      post: (report) => {
        this.entries.flush({ kind: 'debug', report });
      },
      standStill: (wait) => this.state.pause(wait),
      intervened: (intervention) => {
        this.entries.add({
          kind: 'intervention',
          at: performance.timeOrigin + performance.now(),
          context: part.context,
          ...(this.message === undefined ? {} : { message: this.message }),
          ...(this.spec === undefined ? {} : { session: this.spec.session }),
          ...intervention,
        });
      },
    });
    this.debugPort = port;
    return new DebuggedContext({
      port,
      readFile: (path) => this.readFile(path),
      start: { breakpoints: part.breakpoints, stopOnEntry: part.stopOnEntry },
    });
  }

  private startVm(): LuaVm {
    const { engine, lua54, seed, memoryBytes } = this.setup;
    const options = {
      seed,
      memoryLimitBytes: memoryBytes,
      onAllocationRefused: () => {
        publishCurrentPosition(vm, this.state);
      },
    };
    const choice =
      engine === 'lua54'
        ? { engine, module: lua54 as unknown as WasmModule }
        : ({ engine } as const);
    const vm: LuaVm = createVm(choice, options);
    // A memory error that arrives here was not caught by the script: the limit ended its handler.
    const pcall = vm.pcall.bind(vm);
    vm.pcall = (...args) => this.watched(pcall(...args));
    const load = vm.load.bind(vm);
    vm.load = (...args) => this.watched(load(...args));
    return vm;
  }

  private watched(status: LuaStatus): LuaStatus {
    // What a person evaluates while the script stands still is no reason to end the script.
    const isEvaluating = this.debugPort?.isAnswering === true;
    if (status === LuaStatus.memoryError && !isEvaluating) this.endAtMemoryLimit();
    return status;
  }

  private isHeapOverLimit(): boolean {
    return heapInUse() - this.heapOfProgram > this.setup.memoryBytes;
  }

  private endAtMemoryLimit(): void {
    this.entries.flush({ kind: 'memory-limit' });
    // The host ends the worker on that message, so nothing may follow it: this wait never ends.
    this.state.pause(() => {
      this.state.waitForReply();
    });
  }

  private deliver(messages: WorkerRequestOf<'deliver'>['messages']): number {
    const { session } = this;
    if (session === undefined) throw new Error('No session is open.');
    let delivered = 0;
    for (const message of messages) {
      this.message = message.message;
      const outcome = session.deliver(message);
      this.state.countOutcome();
      // Told with what follows: the next message's publish must not wait for it.
      this.entries.later({ kind: 'outcome', outcome });
      delivered++;
      if (outcome.session_over) break;
    }
    this.message = undefined;
    return delivered;
  }

  private createHost(vm: LuaVm): RuntimeHost {
    return {
      environment: this.setup.environment,
      readFile: (path) => this.readFile(path),
      now: () => performance.timeOrigin + performance.now(),
      emit: (entry: EntryBody) => {
        this.entries.add(entry);
      },
      call: (name, input) => this.call(name, input),
      scriptStarts: (during) => {
        this.entries.scriptStarts();
        this.state.start(during);
      },
      scriptEnds: () => {
        this.state.end();
        this.entries.scriptEnds();
      },
      entersEngine: (L) => {
        // It may take for ever, and cannot be asked for anything until it returns.
        this.entries.flush();
        if (vm.interruptTarget() === undefined) publishCaller(vm, this.state, L);
      },
    };
  }

  /** Blocks this thread, and the script in it, until the host has answered; see publish-ahead.ts. */
  private call<N extends HostCallName>(name: N, input: HostCalls[N]['input']): HostCallResult<N> {
    const request: HostCallRequest = {
      kind: 'call',
      name,
      input,
      ...(this.message === undefined ? {} : { message: this.message }),
      ...(this.spec === undefined ? {} : { session: this.spec.session }),
    };
    const publish = this.ahead.numberFor(name, input);
    if (publish !== undefined) {
      this.entries.overtake({ ...request, publish });
      return { ok: true, output: { publish } };
    }
    const { connectionsLost } = this.ahead;
    return this.state.pause(() => {
      this.entries.flush(request);
      this.state.waitForReply();
      const reply = receiveMessageOnPort(this.setup.replies)?.message as
        HostCallResult<N> | undefined;
      if (reply === undefined) throw new Error(`The host answered ${name} with nothing.`);
      this.ahead.answered(name, input, reply, connectionsLost);
      return reply;
    });
  }
}

type WorkerRequestOf<K extends WorkerRequest['kind']> = Extract<WorkerRequest, { kind: K }>;

/** fengari's values are on V8's heap. In bytes, with what the collector has yet to free. */
function heapInUse(): number {
  const { used_heap_size: used, external_memory: external } = getHeapStatistics();
  return used + external;
}
