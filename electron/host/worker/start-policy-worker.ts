/** Starts policy workers and keeps their limits: the host's side of a worker thread. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort, ResourceLimits } from 'node:worker_threads';
import type {
  AttemptOutcome,
  MessageInput,
  ScriptEnd,
  SessionSpec,
} from '../../../lua-runtime/kumod/runtime-contract.ts';
import { resolutionsOf } from '../../../lua-runtime/kumod/queue-decision.ts';
import type {
  EntryBody,
  JsonValue,
  QueueResolution,
  SourceLocation,
} from '../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import { positionInEngine, requestHook } from '../../../lua-runtime/vm/lua54/lua54-interrupt.ts';
import type { InterruptTarget } from '../../../lua-runtime/vm/lua54/lua54-interrupt.ts';
import { limitEntry } from './limit-entry.ts';
import type { ReachedLimit } from './limit-entry.ts';
import { MemoryWatch } from './memory-watch.ts';
import { fileOf } from './position-publisher.ts';
import { ScriptStateReader, allocateScriptState } from './script-state.ts';
import { PolicyWorkerEnded } from './worker-contract.ts';
import type {
  LoadResult,
  PolicyLimits,
  PolicyWorker,
  PolicyWorkerOptions,
  ScriptWhereabouts,
} from './worker-contract.ts';
import type {
  HostCallReply,
  HostCallRequest,
  WorkerAnswers,
  WorkerMessage,
  WorkerRequest,
  WorkerSetup,
} from './worker-messages.ts';
import { builtWorkerProgram, lua54ModuleOf } from './worker-program.ts';
import type { WorkerProgram } from './worker-program.ts';

/** How often a working worker is looked at, in milliseconds. */
const LOOK_EVERY_MS = 20;
/** How long a script that is over its deadline has to say where it is. */
const ANSWER_WITHIN_MS = 500;
const MEGABYTE = 1024 * 1024;
/** What V8 needs for the program itself, on top of what a fengari script may use. */
const PROGRAM_MEGABYTES = 64;
/**
 * In a Lua 5.4 worker only what crosses to JavaScript is on V8's heap, and most of it dies at once:
 * left to itself V8 lets each thread fill 48 MB with it before it looks.
 */
const LUA54_HEAP = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 512 };

function heapLimits(engine: EngineId, limits: PolicyLimits): ResourceLimits {
  if (engine === 'lua54') return LUA54_HEAP;
  return {
    maxOldGenerationSizeMb: Math.ceil(limits.memoryBytes / MEGABYTE) + PROGRAM_MEGABYTES,
  };
}

/**
 * Starts the thread; the Lua context is made by `load`.
 * @param program for tests; default: what the build made
 */
export function startPolicyWorker(
  options: PolicyWorkerOptions,
  program: WorkerProgram = builtWorkerProgram(),
): PolicyWorker {
  return new WorkerThread(options, program);
}

interface PendingRequest {
  readonly resolve: (answer: WorkerAnswers[keyof WorkerAnswers]) => void;
  readonly reject: (error: Error) => void;
  readonly onOutcome?: (outcome: AttemptOutcome) => void;
  /** The messages of a delivery that have no outcome yet. */
  readonly messages: MessageInput[];
}

class WorkerThread implements PolicyWorker {
  private readonly options: PolicyWorkerOptions;
  private readonly thread: Worker;
  private readonly state: ScriptStateReader;
  private readonly replies: MessagePort;
  private readonly memory: MemoryWatch | undefined;
  /** Requests wait for each other: the worker does one thing at a time. */
  private lastRequest: Promise<unknown> = Promise.resolve();
  private pending: PendingRequest | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Messages whose end has been told. */
  private outcomes = 0;
  private spec: SessionSpec | undefined;
  private interruptTarget: InterruptTarget | undefined;
  /** Until when a script that is over its deadline may still say where it is. */
  private overdue: { readonly until: number; readonly positions: number } | undefined;
  private ended: PolicyWorkerEnded | undefined;
  private ending: Promise<void> | undefined;

  constructor(options: PolicyWorkerOptions, program: WorkerProgram) {
    const { engine, limits } = options;
    this.options = options;
    const memory = allocateScriptState();
    this.state = new ScriptStateReader(memory);
    const { port1, port2 } = new MessageChannel();
    this.replies = port1;
    const setup: WorkerSetup = {
      engine,
      lua54: engine === 'lua54' ? lua54ModuleOf(program) : undefined,
      workspaceRoot: options.workspaceRoot,
      policyFile: options.policyFile,
      seed: options.seed,
      environment: options.environment,
      memoryBytes: limits.memoryBytes,
      state: memory,
      publishNumbers: options.publishNumbers,
      replies: port2,
      debug: options.debug?.part,
    };
    this.thread = new Worker(program.workerFile, {
      workerData: setup,
      transferList: options.debug === undefined ? [port2] : [port2, options.debug.part.commands],
      // Nothing of the host's environment or command line is a policy's business.
      env: {},
      execArgv: [],
      resourceLimits: heapLimits(engine, limits),
    });
    this.memory = engine === 'fengari' ? new MemoryWatch(limits.memoryBytes) : undefined;
    this.thread.on('message', (messages: readonly WorkerMessage[]) => {
      for (const message of messages) this.receive(message);
      const isAhead = messages.some((message) => message.kind === 'call' && 'publish' in message);
      if (!isAhead) this.options.onCaughtUp?.();
    });
    this.thread.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.endAtLimit('memory');
      else this.endWith(crash(error));
    });
    this.thread.on('exit', () => {
      this.endWith(crash('its thread ended by itself'));
    });
  }

  load(): Promise<LoadResult> {
    return this.request<'load'>({ kind: 'load' });
  }

  async resolve(
    queues: readonly string[],
    { record }: { readonly record: boolean } = { record: true },
  ): Promise<QueueResolution[]> {
    if (record) return await this.request<'resolve'>({ kind: 'resolve', queues });
    return resolutionsOf(queues, await this.request<'decide'>({ kind: 'decide', queues }));
  }

  fireEvent(event: string, args: readonly JsonValue[]): Promise<ScriptEnd> {
    return this.request<'fire'>({ kind: 'fire', event, args });
  }

  runScript(args: readonly string[]): Promise<ScriptEnd> {
    return this.request<'script'>({ kind: 'script', args });
  }

  async openSession(spec: SessionSpec): Promise<void> {
    this.spec = spec;
    await this.request<'open-session'>({ kind: 'open-session', spec });
  }

  deliver(
    messages: readonly MessageInput[],
    onOutcome: (outcome: AttemptOutcome) => void,
  ): Promise<number> {
    return this.request<'deliver'>({ kind: 'deliver', messages }, onOutcome);
  }

  async endContext(): Promise<void> {
    await this.request<'end-context'>({ kind: 'end-context' });
    this.spec = undefined;
    this.interruptTarget = undefined;
  }

  async close(): Promise<void> {
    await this.endContext();
    await this.terminate();
  }

  whereabouts(): ScriptWhereabouts {
    const position = this.positionInEngine();
    return { ...this.state.whereabouts(), ...(position && { position }) };
  }

  async terminate(): Promise<void> {
    this.endWith(new PolicyWorkerEnded('terminated', 'The policy worker was ended.'));
    await this.ending;
  }

  private request<K extends WorkerRequest['kind']>(
    request: Extract<WorkerRequest, { kind: K }>,
    onOutcome?: (outcome: AttemptOutcome) => void,
  ): Promise<WorkerAnswers[K]> {
    const answer = this.lastRequest.then(
      () =>
        new Promise<WorkerAnswers[keyof WorkerAnswers]>((resolve, reject) => {
          if (this.ended) {
            reject(this.ended);
            return;
          }
          const messages = 'messages' in request ? [...request.messages] : [];
          this.pending = { resolve, reject, messages, ...(onOutcome && { onOutcome }) };
          this.timer = setInterval(() => {
            this.look();
          }, LOOK_EVERY_MS);
          this.thread.postMessage(request);
        }),
    );
    this.lastRequest = answer.catch(() => undefined);
    return answer as Promise<WorkerAnswers[K]>;
  }

  private receive(message: WorkerMessage): void {
    switch (message.kind) {
      case 'entries':
        this.state.takeBatch();
        this.options.onEntries(message.entries);
        break;
      case 'call':
        if (!this.ended) void this.answerCall(message);
        break;
      case 'outcome':
        this.outcomes++;
        this.pending?.messages.shift();
        this.pending?.onOutcome?.(message.outcome);
        break;
      case 'done':
        if (!this.ended)
          this.settle(({ resolve }) => {
            resolve(message.answer);
          });
        break;
      case 'interruptible':
        this.interruptTarget = message.target;
        break;
      case 'debug':
        if (!this.ended) this.options.debug?.onReport(message.report);
        break;
      case 'memory-limit':
        this.endAtLimit('memory');
        break;
      case 'failed':
        this.endWith(crash(message.error));
    }
  }

  private async answerCall(request: HostCallRequest): Promise<void> {
    const { name, input, kind: _kind, ...context } = request;
    try {
      const reply: HostCallReply = await this.options.handleCall(name, input, context);
      if (context.publish !== undefined) return;
      this.replies.postMessage(reply);
      this.state.reply();
    } catch (error) {
      this.endWith(crash(error));
    }
  }

  private look(): void {
    const { deadlineMs } = this.options.limits;
    if (this.state.scriptTime() > deadlineMs) this.endOverdue();
    else if (this.memory?.isOverLimit(this.state.isRunning()) === true) this.endAtLimit('memory');
  }

  /** Asks the script where it is before ending it: one that is inside the engine cannot answer. */
  private endOverdue(): void {
    const positions = this.state.positionsPublished();
    if (this.overdue === undefined && this.interruptTarget !== undefined) {
      this.overdue = { until: performance.now() + ANSWER_WITHIN_MS, positions };
      requestHook(this.interruptTarget);
      return;
    }
    const { until, positions: before } = this.overdue ?? { until: 0, positions };
    if (positions !== before) this.endAtLimit('deadline');
    else if (performance.now() > until) this.endAtLimit('deadline', this.positionInEngine());
  }

  /** Undefined where the script tells by itself before it enters the engine. */
  private positionInEngine(): SourceLocation | undefined {
    const point = this.interruptTarget && positionInEngine(this.interruptTarget);
    return point && { file: fileOf(point.source), line: point.line };
  }

  private endAtLimit(limit: ReachedLimit, location = this.state.position()): void {
    const entry = limitEntry(limit, this.options.limits, this.state.during(), location);
    this.endWith(new PolicyWorkerEnded(limit, entry.text), () => {
      const message = this.pending?.messages[0]?.message;
      return {
        ...entry,
        ...(message === undefined ? {} : { message }),
        ...(this.spec === undefined ? {} : { session: this.spec.session }),
      };
    });
  }

  /** The first reason counts. `lastEntry` is asked once everything that the worker sent has come. */
  private endWith(reason: PolicyWorkerEnded, lastEntry?: () => EntryBody): void {
    if (this.ended) return;
    this.ended = reason;
    this.ending = this.thread.terminate().then(() => {
      this.replies.close();
      const untold = this.state.outcomes() - this.outcomes;
      // Otherwise the limit would be put down to a message that it did not end.
      if (lastEntry && untold > 0) this.ended = crash(`${untold} messages ended and were not told`);
      else if (lastEntry) this.options.onEntries([lastEntry()]);
      this.settle(({ reject }) => {
        reject(this.ended ?? reason);
      });
    });
  }

  private settle(settle: (pending: PendingRequest) => void): void {
    clearInterval(this.timer);
    this.memory?.stop();
    const { pending } = this;
    this.pending = undefined;
    if (pending) settle(pending);
  }
}

function crash(error: unknown): PolicyWorkerEnded {
  const reason = error instanceof Error ? error.message : String(error);
  return new PolicyWorkerEnded(
    'crashed',
    `The policy worker failed, which is a fault of the workbench and not of the policy: ${reason}`,
  );
}
