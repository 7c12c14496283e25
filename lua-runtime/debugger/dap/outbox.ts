import type { DebugProtocol } from '@vscode/debugprotocol';

/** What only happens when the script moves: must not overtake the answer to the request that moved it. */
const OF_MOVEMENT: readonly string[] = [
  ...['initialized', 'stopped', 'continued', 'exited', 'terminated', 'kumo/position'],
];

/** Numbers and sends what goes to the client, in the order that DAP demands. */
export class Outbox {
  readonly #send: (message: DebugProtocol.Response | DebugProtocol.Event) => void;
  readonly #held: (readonly [name: string, body: unknown])[] = [];
  #holds = 0;
  #seq = 0;

  constructor(send: (message: DebugProtocol.Response | DebugProtocol.Event) => void) {
    this.#send = send;
  }

  /** Events of movement wait until `release`. May be nested. */
  hold(): void {
    this.#holds++;
  }

  release(): void {
    this.#holds--;
    while (this.#holds === 0) {
      const next = this.#held.shift();
      if (!next) return;
      this.#sendEvent(...next);
    }
  }

  event(name: string, body?: unknown): void {
    if (this.#holds > 0 && OF_MOVEMENT.includes(name)) this.#held.push([name, body]);
    else this.#sendEvent(name, body);
  }

  response(request: DebugProtocol.Request, body: unknown): void {
    this.#respond(request, { success: true, ...(body === undefined ? {} : { body }) });
  }

  /** `message` is DAP's short form; `sentence` is for the person. */
  refusal(
    request: DebugProtocol.Request,
    refused: { readonly message: string; readonly sentence: string; readonly showUser: boolean },
  ): void {
    const error: DebugProtocol.Message = {
      id: 1,
      format: refused.sentence,
      showUser: refused.showUser,
    };
    this.#respond(request, { success: false, message: refused.message, body: { error } });
  }

  #respond(
    { seq, command }: DebugProtocol.Request,
    outcome: Pick<DebugProtocol.Response, 'success' | 'message' | 'body'>,
  ): void {
    this.#send({ seq: ++this.#seq, type: 'response', request_seq: seq, command, ...outcome });
  }

  #sendEvent(event: string, body: unknown): void {
    this.#send({
      seq: ++this.#seq,
      type: 'event',
      event,
      ...(body === undefined ? {} : { body }),
    });
  }
}
