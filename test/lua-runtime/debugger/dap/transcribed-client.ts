/** A client of DAP that writes down what is said, over the real adapter and a real run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { createPolicyTarget } from '../../../../electron/cli/dap-target.ts';
import { openDebugAdapter } from '../../../../electron/host/open-debug-adapter.ts';
import type { DapAdapter } from '../../../../lua-runtime/debugger/dap/dap-adapter.ts';
import type { KumoStoppedEvent } from '../../../../lua-runtime/debugger/dap/kumo-protocol.ts';
import type { EngineId } from '../../../../lua-runtime/vm/lua-vm.ts';
import { temporaryFolder } from '../../../electron/host/temporary-folder.ts';
import { steady, writeBody } from './write-message.ts';

export interface ClientOptions {
  /** The policy's folder: texts by path. */
  readonly files: { readonly [path: string]: string };
  /** Events that are written down beside those that always are. */
  readonly alsoShow?: readonly ('kumo/position' | 'loadedSource')[];
}

/** What DAP calls a LaunchRequestArguments, without what the client itself adds. */
export interface Launch {
  readonly [name: string]: unknown;
}

type Message = DebugProtocol.Response | DebugProtocol.Event;
type Args = { readonly [name: string]: unknown };

/** Of no interest in most scenarios: they come with every stop and every file. */
const QUIET = ['kumo/position', 'loadedSource'];
const PATIENCE_MS = 15_000;

export class TranscribedClient {
  readonly root: string;
  readonly engine: EngineId;
  readonly #shown: readonly string[];
  readonly #adapter: DapAdapter;
  readonly #lines: string[] = [];
  readonly #responses = new Map<number, (response: DebugProtocol.Response) => void>();
  readonly #waiting: ((event: DebugProtocol.Event) => void)[] = [];
  readonly #events: DebugProtocol.Event[] = [];
  readonly #commands = new Map<number, string>();
  #writing = true;
  #seq = 0;

  constructor(engine: EngineId, { files, alsoShow = [] }: ClientOptions) {
    this.engine = engine;
    this.#shown = alsoShow;
    this.root = temporaryFolder();
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.#adapter = openDebugAdapter({
      send: (message) => this.#receive(message),
      createTarget: createPolicyTarget,
      onDisconnected: () => undefined,
      defaults: { stopOnEnd: false },
    });
  }

  /** Puts a file into the policy's folder. */
  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  path(file: string): string {
    return join(this.root, file);
  }

  source(file: string): DebugProtocol.Source {
    return { path: this.path(file) };
  }

  /** A remark in the transcript. */
  note(text: string): void {
    this.#lines.push(`# ${text}`);
  }

  /** The whole session so far. */
  transcript(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  /** Asks and waits for the answer, whether it is one or a refusal. */
  async ask<B = unknown>(command: string, args?: Args): Promise<B> {
    const { seq, response } = this.#send(command, args);
    const answered = await within(response, () => `No answer to ${command} (${seq}).`);
    return answered.body as B;
  }

  /** Asks without waiting. */
  post(command: string, args?: Args): Promise<DebugProtocol.Response> {
    return this.#send(command, args).response;
  }

  /** Asks, and waits for the stop that this leads to. */
  async move(command: string, args?: Args): Promise<DebugProtocol.StoppedEvent['body']> {
    const stop = this.stop();
    await this.ask(command, args ?? (command.startsWith('kumo/') ? {} : { threadId: 1 }));
    return stop;
  }

  /** The next stop. Fails when the run ends instead. */
  async stop(): Promise<DebugProtocol.StoppedEvent['body']> {
    const event = await this.event('stopped', 'terminated');
    if (event.event !== 'stopped') throw new Error('The run ended instead of stopping.');
    return event.body as DebugProtocol.StoppedEvent['body'];
  }

  /** The next event of one of these names, from now on. */
  event(...names: readonly string[]): Promise<DebugProtocol.Event> {
    const waited = new Promise<DebugProtocol.Event>((resolve) => {
      const take = (event: DebugProtocol.Event): void => {
        if (!names.includes(event.event)) return;
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        resolve(event);
      };
      this.#waiting.push(take);
    });
    return within(waited, () => `No event ${names.join(' or ')} came.`);
  }

  /** Everything up to the run: `initialize` is not written down. */
  async launch(launch: Launch, initialize: Args = {}): Promise<void> {
    this.#writing = false;
    await this.ask('initialize', {
      adapterID: 'kumo',
      supportsVariableType: true,
      supportsVariablePaging: true,
      ...initialize,
    });
    this.#writing = true;
    await this.ask('launch', { program: this.path('init.lua'), queue: 'a.example', ...launch });
  }

  async setBreakpoints(
    file: string,
    breakpoints: readonly (number | DebugProtocol.SourceBreakpoint)[],
    more: Args = {},
  ): Promise<void> {
    await this.ask('setBreakpoints', {
      source: this.source(file),
      breakpoints: breakpoints.map((asked) =>
        typeof asked === 'number' ? { line: asked } : asked,
      ),
      ...more,
    });
  }

  /** Starts the run and waits for its first stop. */
  async run(): Promise<DebugProtocol.StoppedEvent['body']> {
    return this.move('configurationDone', {});
  }

  /** Starts the run, or lets it go on, and waits for its end. */
  async runToEnd(command = 'configurationDone'): Promise<void> {
    const end = this.event('terminated');
    await this.ask(command, command === 'configurationDone' ? undefined : { threadId: 1 });
    await end;
  }

  /** The stack of a thread, innermost first. */
  async stack(threadId = 1, more: Args = {}): Promise<readonly DebugProtocol.StackFrame[]> {
    const body = await this.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', {
      threadId,
      ...more,
    });
    return body.stackFrames;
  }

  /** A scope of a frame of the main thread, 0 the innermost: its values. */
  async scope(name: string, depth = 0, threadId = 1): Promise<readonly DebugProtocol.Variable[]> {
    return this.children(await this.scopeReference(name, depth, threadId));
  }

  async scopeReference(name: string, depth = 0, threadId = 1): Promise<number> {
    const frameId = await this.frame(depth, threadId);
    const body = await this.quietly<DebugProtocol.ScopesResponse['body']>('scopes', { frameId });
    const scope = body.scopes.find((candidate) => candidate.name === name);
    if (!scope) throw new Error(`There is no scope ${name}.`);
    return scope.variablesReference;
  }

  async children(
    variablesReference: number,
    more: Args = {},
  ): Promise<readonly DebugProtocol.Variable[]> {
    const body = await this.ask<DebugProtocol.VariablesResponse['body']>('variables', {
      variablesReference,
      ...more,
    });
    return body.variables;
  }

  /** The number of a frame; not written down. */
  async frame(depth = 0, threadId = 1): Promise<number> {
    const body = await this.quietly<DebugProtocol.StackTraceResponse['body']>('stackTrace', {
      threadId,
    });
    const frame = body.stackFrames[depth];
    if (!frame) throw new Error(`There is no frame ${depth}.`);
    return frame.id;
  }

  async evaluate(
    expression: string,
    context = 'repl',
    depth = 0,
  ): Promise<DebugProtocol.EvaluateResponse['body']> {
    return this.ask('evaluate', { expression, context, frameId: await this.frame(depth) });
  }

  /** Asks without writing it down. */
  async quietly<B>(command: string, args?: Args): Promise<B> {
    const writing = this.#writing;
    this.#writing = false;
    try {
      return await this.ask<B>(command, args);
    } finally {
      this.#writing = writing;
    }
  }

  /** Ends what is still running; not written down. */
  async close(): Promise<void> {
    await this.#adapter.close();
  }

  #send(
    command: string,
    args: Args | undefined,
  ): { readonly seq: number; readonly response: Promise<DebugProtocol.Response> } {
    const seq = ++this.#seq;
    const response = new Promise<DebugProtocol.Response>((resolve) =>
      this.#responses.set(seq, resolve),
    );
    if (this.#writing) {
      this.#commands.set(seq, command);
      this.#lines.push(`-> ${command}${writeBody(args, this)}`);
    }
    this.#adapter.receive({
      seq,
      type: 'request',
      command,
      arguments: this.#withEngine(command, args),
    });
    return { seq, response };
  }

  /** The engine is what a scenario is played on, and no part of its transcript. */
  #withEngine(command: string, args: Args | undefined): Args | undefined {
    const { engine } = this;
    if (command === 'launch') return { engine, ...args };
    if (command !== 'restart' || args?.arguments === undefined) return args;
    return { ...args, arguments: { engine, ...(args.arguments as Args) } };
  }

  /** Where in a run a stop is differs between engines; it is told where it matters. */
  #shownBody({ event, body }: DebugProtocol.Event): unknown {
    if (event !== 'stopped' || this.#shown.includes('kumo/position')) return body;
    const { kumo, ...stop } = body as KumoStoppedEvent['body'];
    return { ...stop, kumo: { reason: kumo.reason } };
  }

  #receive(message: Message): void {
    if ('event' in message) {
      if (!QUIET.includes(message.event) || this.#shown.includes(message.event)) {
        this.#lines.push(` * ${message.event}${writeBody(this.#shownBody(message), this)}`);
      }
      this.#events.push(message);
      for (const take of [...this.#waiting]) take(message);
      return;
    }
    const { request_seq: seq, success, command } = message;
    if (this.#commands.has(seq)) {
      this.#lines.push(
        success
          ? `<- ${command}${writeBody(message.body, this)}`
          : `<- ${command} refused: ${steady(refusalOf(message), this)}`,
      );
    }
    this.#responses.get(seq)?.(message);
    this.#responses.delete(seq);
  }
}

function refusalOf({ message, body }: DebugProtocol.Response): string {
  const error = (body as Partial<DebugProtocol.ErrorResponse['body']> | undefined)?.error;
  return error?.format ?? message ?? '';
}

async function within<T>(promise: Promise<T>, what: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(what())), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
