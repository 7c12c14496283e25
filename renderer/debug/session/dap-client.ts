import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { CallInput } from '../../../electron/bridge/contract.ts';
import type { DebugCommand, DebugRequests } from './dap-requests.ts';

type DebugRequest = CallInput<'debug.send'>['message'];

interface Pending {
  readonly command: string;
  readonly resolve: (body: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * One session's end of the Debug Adapter Protocol: numbers requests, finds the request to each
 * answer, hands out events. Knows nothing of how messages travel.
 */
export class DapClient {
  private readonly send: (message: DebugRequest) => void;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Set<(event: Dap.Event) => void>();
  private lastSeq = 0;
  private closed: string | undefined;

  /** @param send takes a message to the adapter; may throw when it cannot */
  constructor(send: (message: DebugRequest) => void) {
    this.send = send;
  }

  /** Rejects with the adapter's own sentence when it refuses, and when the session is over. */
  request<C extends DebugCommand>(
    command: C,
    ...[args]: undefined extends DebugRequests[C][0]
      ? [DebugRequests[C][0]?]
      : [DebugRequests[C][0]]
  ): Promise<DebugRequests[C][1]> {
    if (this.closed !== undefined) return Promise.reject(new Error(this.closed));
    this.lastSeq += 1;
    const seq = this.lastSeq;
    return new Promise<unknown>((resolve, reject) => {
      this.pending.set(seq, { command, resolve, reject });
      this.send({
        seq,
        type: 'request',
        command,
        ...(args === undefined ? {} : { arguments: args }),
      });
    });
  }

  /** Returns the function that stops listening. */
  onEvent(listener: (event: Dap.Event) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes a message from the adapter. Answers to nothing that was asked are ignored. */
  receive(message: Dap.ProtocolMessage): void {
    if (message.type === 'event') {
      for (const listener of this.listeners) listener(message as Dap.Event);
      return;
    }
    if (message.type !== 'response') return;
    const response = message as Dap.Response;
    const asked = this.pending.get(response.request_seq);
    if (!asked) return;
    this.pending.delete(response.request_seq);
    if (response.success) asked.resolve(response.body);
    else asked.reject(new Error(refusal(response)));
  }

  /** Nothing more is answered: rejects what is still open with this sentence. */
  close(reason: string): void {
    this.closed ??= reason;
    const open = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of open) reject(new Error(reason));
  }
}

/**
 * The sentence of a refused request: its error's text with the variables put in (DAP, "Message":
 * `{name}` in `format`), else the short `message`.
 */
function refusal(response: Dap.Response): string {
  const body = response.body as Partial<Dap.ErrorResponse['body']> | undefined;
  const error = body?.error;
  if (!error) return response.message ?? `The debugger refused ${response.command}.`;
  return error.format.replace(/\{(\w+)\}/g, (whole, name: string) => {
    return error.variables?.[name] ?? whole;
  });
}
