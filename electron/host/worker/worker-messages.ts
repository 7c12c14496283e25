/** What the host and a policy worker send each other. Everything here can be cloned between threads. */
import type { MessagePort } from 'node:worker_threads';
import type {
  AttemptOutcome,
  HostCallName,
  HostCallResult,
  HostCalls,
  MessageInput,
  ScriptEnd,
  SessionSpec,
} from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { QueueDecisions } from '../../../lua-runtime/kumod/queue-decision.ts';
import type {
  EntryBody,
  JsonValue,
  QueueResolution,
} from '../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import type { InterruptTarget } from '../../../lua-runtime/vm/lua54/lua54-interrupt.ts';
import type { DebugPart, DebugReport } from '../debug/debug-messages.ts';
import type { LoadResult } from './worker-contract.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly engine: EngineId;
  /** The compiled Lua 5.4 module, a WebAssembly.Module. */
  readonly lua54: object | undefined;
  readonly workspaceRoot: string;
  readonly policyFile: string;
  readonly seed: number;
  readonly environment: { readonly [name: string]: string };
  readonly memoryBytes: number;
  /** Shared: see script-state.ts. */
  readonly state: SharedArrayBuffer;
  /** Shared by the workers of a run: see publish-ahead.ts. */
  readonly publishNumbers: SharedArrayBuffer | undefined;
  /** Brings the answers of host calls. */
  readonly replies: MessagePort;
  /** The context is debugged. */
  readonly debug?: DebugPart | undefined;
}

/** The host asks one thing at a time and waits for its `done`. */
export type WorkerRequest =
  | { readonly kind: 'load' }
  | { readonly kind: 'resolve'; readonly queues: readonly string[] }
  /** As resolve, but nothing is recorded. */
  | { readonly kind: 'decide'; readonly queues: readonly string[] }
  | { readonly kind: 'fire'; readonly event: string; readonly args: readonly JsonValue[] }
  | { readonly kind: 'script'; readonly args: readonly string[] }
  | { readonly kind: 'open-session'; readonly spec: SessionSpec }
  | { readonly kind: 'deliver'; readonly messages: readonly MessageInput[] }
  | { readonly kind: 'end-context' };

/** The answers to the requests, by their kind. */
export interface WorkerAnswers {
  load: LoadResult;
  resolve: QueueResolution[];
  decide: QueueDecisions;
  fire: ScriptEnd;
  script: ScriptEnd;
  'open-session': null;
  deliver: number;
  'end-context': null;
}

/** Posted several at once, in order. */
export type WorkerMessage =
  /** How the host can make the script say where it is. */
  | { readonly kind: 'interruptible'; readonly target: InterruptTarget }
  | { readonly kind: 'entries'; readonly entries: readonly EntryBody[] }
  | HostCallRequest
  | { readonly kind: 'outcome'; readonly outcome: AttemptOutcome }
  | { readonly kind: 'done'; readonly answer: WorkerAnswers[keyof WorkerAnswers] }
  | { readonly kind: 'debug'; readonly report: DebugReport }
  /** Lua reported that its memory limit is reached: the worker ends. */
  | { readonly kind: 'memory-limit' }
  /** An exception that is not the policy's fault. */
  | { readonly kind: 'failed'; readonly error: string };

export interface HostCallRequest {
  readonly kind: 'call';
  readonly name: HostCallName;
  readonly input: HostCalls[HostCallName]['input'];
  readonly message?: number;
  readonly session?: number;
  /** The number that a publish has got already: no reply is awaited then. */
  readonly publish?: number;
}

export type HostCallReply = HostCallResult<HostCallName>;
