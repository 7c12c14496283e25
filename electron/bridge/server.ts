/** The host's end of the bridge, the same for both shells. */
import type { CallingPage } from './contract.ts';
import type { Dispatch } from './dispatch.ts';
import { EventBacklog } from './event-backlog.ts';
import { requestMessageSchema } from './messages.ts';
import type { EventMessage, HostMessage } from './messages.ts';

/** A shell's way to one page. */
export interface HostLink {
  /** Does nothing once the link is closed. */
  send(message: HostMessage): void;
  /** True while the page takes messages slower than they are sent: events then wait. */
  isCongested(): boolean;
  /** Heard when a congested link can take messages again. */
  onDrain(listener: () => void): void;
  /** Whatever the page sent, decoded but not validated. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  /** Ends the link because the page broke the rules; `reason` is for its developer. */
  close(reason: string): void;
}

/** What a shell serves to its pages. */
export interface BridgeHost {
  readonly dispatch: Dispatch;
  /** Returns the function that stops listening. */
  onEvent(listener: (message: EventMessage) => void): () => void;
}

/** Answers the calls of one page and sends it every event, until its link closes. */
export function serveBridge(link: HostLink, host: BridgeHost): void {
  const backlog = new EventBacklog();
  const closeListeners: (() => void)[] = [];
  let open = true;

  function tell(message: EventMessage): void {
    if (!open) return;
    if (!backlog.isEmpty || link.isCongested()) backlog.add(message);
    else link.send(message);
  }

  const stopListening = host.onEvent(tell);
  const page: CallingPage = {
    emit: (event, payload) => tell({ event, payload }),
    onClose(listener) {
      if (open) closeListeners.push(listener);
      else listener();
    },
  };

  link.onDrain(() => {
    while (!link.isCongested()) {
      const message = backlog.take();
      if (message === undefined) return;
      link.send(message);
    }
  });

  link.onMessage((message) => {
    const request = requestMessageSchema.safeParse(message);
    if (!request.success) {
      link.close('A message is not a request of the bridge.');
      return;
    }
    const { id, name, input } = request.data;
    void host.dispatch(name, input, page).then((result) => {
      if (open) link.send({ id, ...result });
    });
  });

  link.onClose(() => {
    open = false;
    stopListening();
    for (const listener of closeListeners) listener();
  });
}
