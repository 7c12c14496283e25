/**
 * A target that does what a test says, for moments that a real run has only by chance: an answer that
 * comes late, a refusal, an end in the middle of a question. What a run does is in the transcripts.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { DapAdapter } from '../../../../lua-runtime/debugger/dap/dap-adapter.ts';
import type {
  Cancellation,
  DebugEvents,
  DebugLaunch,
  DebugTarget,
} from '../../../../lua-runtime/debugger/debug-target.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswers,
  DebugQuery,
  Resume,
  RunPosition,
  Stop,
} from '../../../../lua-runtime/debugger/debugger-contract.ts';
import type { RunReading } from '../../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../../lua-runtime/recording/entries.ts';

export const ROOT = '/policies/a';

/** Arguments of a launch, and the source that they name. */
export const LAUNCH = { program: `${ROOT}/init.lua`, queue: 'a.example' };
export const source = { path: `${ROOT}/init.lua` };

/** A promise and what settles it. */
export function later() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

export class ScriptedTarget implements DebugTarget {
  readonly root = ROOT;
  readonly calls: string[] = [];
  readonly sets: BreakpointSet[] = [];
  readonly queries: DebugQuery[] = [];
  readonly resumes: Resume[] = [];
  readonly events: DebugEvents;
  readonly launch: DebugLaunch;
  at: RunPosition = { context: 1, tick: 1, last: 1, live: true };
  recorded: Entry[] = [];
  /** What the next call of this name waits for or rejects with. */
  readonly next = new Map<string, () => Promise<void>>();
  answers: { [K in DebugQuery['kind']]?: DebugAnswers[K] } = {};
  places: (set: BreakpointSet) => readonly BreakpointPlace[] = (set) =>
    [...set.lines, ...set.functions, ...set.events].map(({ id }) => ({ id, verified: true }));

  constructor(launch: DebugLaunch, events: DebugEvents) {
    this.launch = launch;
    this.events = events;
  }

  async setBreakpoints(set: BreakpointSet): Promise<readonly BreakpointPlace[]> {
    await this.#called('setBreakpoints');
    this.sets.push(set);
    return this.places(set);
  }
  start(): Promise<void> {
    return this.#called('start');
  }
  async ask<K extends DebugQuery['kind']>(
    query: Extract<DebugQuery, { kind: K }>,
  ): Promise<DebugAnswers[K]> {
    this.queries.push(query);
    await this.#called('ask');
    const answer = this.answers[query.kind];
    if (answer === undefined) throw new Error(`Nobody answers ${query.kind}.`);
    return answer;
  }
  async resume(resume: Resume): Promise<void> {
    this.resumes.push(resume);
    await this.#called('resume');
  }
  pause(): Promise<void> {
    return this.#called('pause');
  }
  stepBack(): Promise<void> {
    return this.#called('stepBack');
  }
  reverseContinue(): Promise<void> {
    return this.#called('reverseContinue');
  }
  runBackToLastChange({ ref, name }: { ref: number; name: string }): Promise<void> {
    return this.#called(`lastChange ${ref} ${name}`);
  }
  seek(tick: number): Promise<void> {
    return this.#called(`seek ${tick}`);
  }
  position(): RunPosition {
    return this.at;
  }
  async marks() {
    await this.#called('marks');
    return [];
  }
  async read<R>(reading: RunReading<R>, cancellation?: Cancellation): Promise<R> {
    cancellation?.onCancelled(() => this.calls.push('read was cancelled'));
    await this.#called(`read ${reading.kind}`);
    throw new Error('There is nothing to read.');
  }
  entries(): readonly Entry[] {
    return this.recorded;
  }
  terminate(): Promise<void> {
    return this.#called('terminate');
  }

  stop(stop: Partial<Stop> = {}): void {
    const { reason = 'step', description = 'a step' } = stop;
    this.events.stopped(
      { breakpoints: [], thread: 1, tick: this.at.tick, ...stop, reason, description },
      this.at,
    );
  }

  /** The run is over, and nothing of it is shown any more. */
  end(end: Parameters<DebugEvents['exited']>[0]): void {
    this.events.exited(end);
    this.events.ended();
  }

  async #called(call: string): Promise<void> {
    this.calls.push(call);
    const name = call.split(' ')[0] ?? call;
    const next = this.next.get(name);
    this.next.delete(name);
    await next?.();
  }
}

export type Message = DebugProtocol.Response | DebugProtocol.Event;

/** A client with an adapter, and the targets that the adapter made. */
export class ScriptedSession {
  readonly adapter: DapAdapter;
  readonly messages: Message[] = [];
  readonly targets: ScriptedTarget[] = [];
  disconnected = false;
  now = 0;
  /** What making a target waits for or rejects with. */
  beforeTarget: () => Promise<void> = async () => undefined;
  #seq = 0;

  constructor(files: { readonly [path: string]: string } = {}, stopOnEnd = false) {
    this.adapter = new DapAdapter({
      send: (message) => void this.messages.push(message),
      createTarget: async (launch, events) => {
        await this.beforeTarget();
        const target = new ScriptedTarget(launch, events);
        this.targets.push(target);
        return target;
      },
      onDisconnected: () => (this.disconnected = true),
      defaults: { stopOnEnd },
      realPath: (path) => path,
      readFile: (path) => files[path],
      codeLines: () => [],
      now: () => this.now,
    });
  }

  get target(): ScriptedTarget {
    const target = this.targets.at(-1);
    if (!target) throw new Error('Nothing was launched.');
    return target;
  }

  /** Sends and waits for the response. */
  async ask(command: string, args?: unknown): Promise<DebugProtocol.Response> {
    const seq = ++this.#seq;
    this.adapter.receive({ seq, type: 'request', command, arguments: args });
    for (;;) {
      const response = this.messages.find(
        (message) =>
          message.type === 'response' && (message as DebugProtocol.Response).request_seq === seq,
      );
      if (response) return response as DebugProtocol.Response;
      await new Promise(setImmediate);
    }
  }

  /** The sentence with which a request is refused. */
  async refusal(command: string, args?: unknown): Promise<string> {
    const response = await this.ask(command, args);
    const body = response.body as Partial<DebugProtocol.ErrorResponse['body']> | undefined;
    return response.success ? 'not refused' : (body?.error?.format ?? '');
  }

  /** Launched, configured and running. */
  async run(args: { readonly [name: string]: unknown } = {}): Promise<ScriptedTarget> {
    await this.ask('initialize', { adapterID: 'kumo', supportsVariableType: true });
    await this.ask('launch', { program: `${ROOT}/init.lua`, queue: 'a.example', ...args });
    await this.ask('configurationDone');
    return this.target;
  }

  /** Running, then standing still with one thread that the client knows. */
  async runToStop(): Promise<ScriptedTarget> {
    const target = await this.run();
    target.answers = { threads: [{ id: 1, name: 'main', status: 'running' }] };
    target.stop();
    return target;
  }

  events(name: string): readonly DebugProtocol.Event[] {
    return this.messages.filter(
      (message): message is DebugProtocol.Event =>
        message.type === 'event' && (message as DebugProtocol.Event).event === name,
    );
  }

  /** What came, in order: `initialize` for a response, `*stopped` for an event. */
  order(): readonly string[] {
    return this.messages.map((message) =>
      'event' in message ? `*${message.event}` : message.command,
    );
  }
}
