import type { DapClient } from './dap-client.ts';

let current: DapClient | undefined;

/** The session that is debugged, if any. */
export function currentClient(): DapClient | undefined {
  return current;
}

export function setCurrentClient(client: DapClient | undefined): void {
  current = client;
}
