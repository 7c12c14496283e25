/**
 * The debugger in the words of the Debug Adapter Protocol 1.68: messages in, messages out. Knows no
 * stdio, no bridge and no thread; a `DebugTarget` does the work.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Cancellation } from '../debug-target.ts';
import { RequestCancellation } from './cancellations.ts';
import { controlRequests } from './control-requests.ts';
import { DapSession } from './dap-session.ts';
import type { AdapterParts } from './dap-session.ts';
import { inspectionRequests } from './inspection-requests.ts';
import { kumoRequests } from './kumo-requests.ts';
import { lifeRequests } from './life-requests.ts';
import { RequestArguments } from './request-arguments.ts';
import type { RequestHandlers } from './request-handlers.ts';
import { RequestProblem } from './request-problem.ts';
import { sourceRequests } from './source-requests.ts';

export type { AdapterParts } from './dap-session.ts';

/** Their events must not come before their answer. */
const MOVING: readonly string[] = [
  ...['initialize', 'launch', 'configurationDone', 'restart', 'terminate', 'disconnect'],
  ...['continue', 'next', 'stepIn', 'stepOut', 'stepBack', 'reverseContinue', 'pause'],
  ...['kumo/runTo', 'kumo/seek', 'kumo/lastChange'],
];

/** A client asks these by itself, so that a person need not be told when there is no answer. */
const IN_THE_BACKGROUND: readonly string[] = [
  ...['threads', 'stackTrace', 'scopes', 'variables', 'completions', 'exceptionInfo'],
  ...['loadedSources', 'breakpointLocations', 'kumo/marks', 'kumo/position', 'kumo/entries'],
];

export class DapAdapter {
  readonly #session: DapSession;
  readonly #handlers: RequestHandlers;
  readonly #onDisconnected: () => void;

  constructor(parts: AdapterParts) {
    this.#session = new DapSession(parts);
    this.#onDisconnected = parts.onDisconnected;
    this.#handlers = {
      ...lifeRequests(this.#session),
      ...controlRequests(this.#session),
      ...inspectionRequests(this.#session),
      ...sourceRequests(this.#session),
      ...kumoRequests(this.#session),
    };
  }

  /**
   * Takes a message of the client. Never throws and never rejects: every request is answered by a
   * response. Answers of the client and messages that are none are ignored, as this adapter asks
   * nothing of it.
   */
  receive(message: unknown): void {
    const request = requestOf(message);
    if (request) void this.#answer(request);
  }

  /** Ends what is debugged, however that hangs; nothing more is sent. */
  close(): Promise<void> {
    return this.#session.close();
  }

  async #answer(request: DebugProtocol.Request): Promise<void> {
    const { outbox } = this.#session;
    const { command } = request;
    const holds = MOVING.includes(command);
    if (holds) outbox.hold();
    try {
      const { cancellations } = this.#session;
      // What moves the script has begun to move it already.
      const body = holds
        ? this.#bodyOf(request, new RequestCancellation())
        : cancellations.run(request.seq, (cancellation) => this.#bodyOf(request, cancellation));
      outbox.response(request, await body);
    } catch (error) {
      const sentence = sentenceOf(command, error);
      const code = error instanceof RequestProblem ? error.code : undefined;
      outbox.refusal(request, {
        message: code ?? sentence,
        sentence,
        showUser: !IN_THE_BACKGROUND.includes(command),
      });
    } finally {
      if (holds) outbox.release();
    }
    if (command === 'disconnect') this.#onDisconnected();
  }

  async #bodyOf(
    { command, arguments: args }: DebugProtocol.Request,
    cancellation: Cancellation,
  ): Promise<unknown> {
    if (command !== 'initialize' && command !== 'disconnect') this.#session.checkIntroduced();
    const handler = Object.hasOwn(this.#handlers, command) ? this.#handlers[command] : undefined;
    if (!handler) throw new RequestProblem(`The debugger has no request \`${command}\`.`);
    return handler(new RequestArguments(command, args), cancellation);
  }
}

function requestOf(message: unknown): DebugProtocol.Request | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, seq, command } = message as Partial<DebugProtocol.Request>;
  if (type !== 'request' || typeof seq !== 'number' || typeof command !== 'string') {
    return undefined;
  }
  return message as DebugProtocol.Request;
}

/** The rejections of a target are sentences already; anything else is our own mistake. */
function sentenceOf(command: string, error: unknown): string {
  if (!(error instanceof Error)) return `The debugger failed in ${command}: ${String(error)}`;
  const bug = [TypeError, RangeError, ReferenceError, SyntaxError].some(
    (kind) => error instanceof kind,
  );
  return bug ? `The debugger itself failed in ${command}: ${error.message}` : error.message;
}
