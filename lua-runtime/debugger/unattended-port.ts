import type { DebuggerPort } from './debugger-contract.ts';

/** The port of a debugger that nobody sits at: it never stops. */
export const UNATTENDED_PORT: DebuggerPort = {
  stopped: () => ({ kind: 'continue' }),
  wantsAttention: () => false,
  takeRequests: () => ({ pause: false }),
  logged: () => undefined,
  placed: () => undefined,
  intervened: () => undefined,
};
