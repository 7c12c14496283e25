import { ipcMain } from 'electron';
import type { IpcMainEvent, WebContents } from 'electron';
import type { HostLink } from '../bridge/server.ts';
import { isPageUrl } from './app-protocol.ts';
import { fromHostChannel, toHostChannel } from './channels.ts';

/** Whether a message comes from the top frame of our own page, and from this window. */
export function isTrustedSender(
  event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  contents: Pick<WebContents, 'id'>,
): boolean {
  const frame = event.senderFrame;
  return (
    event.sender.id === contents.id &&
    frame !== null &&
    frame.parent === null &&
    isPageUrl(frame.url)
  );
}

/** The host's link to the page of one window. Every message's sender is checked. */
export function ipcLink(contents: WebContents): HostLink {
  const closeListeners: (() => void)[] = [];
  let open = true;

  function close(): void {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  }

  contents.once('destroyed', close);

  return {
    send(message) {
      if (open && !contents.isDestroyed()) contents.send(fromHostChannel, message);
    },
    // IPC has no sign of congestion; the host batches its events.
    isCongested: () => false,
    onDrain: () => undefined,
    onMessage(listener) {
      const receive = (event: IpcMainEvent, message: unknown): void => {
        if (open && isTrustedSender(event, contents)) listener(message);
      };
      ipcMain.on(toHostChannel, receive);
      closeListeners.push(() => ipcMain.off(toHostChannel, receive));
    },
    onClose(listener) {
      closeListeners.push(listener);
    },
    close(reason) {
      console.error(`The window broke the bridge's rules and was cut off: ${reason}`);
      close();
    },
  };
}
