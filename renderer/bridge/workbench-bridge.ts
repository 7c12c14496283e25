import type { WorkbenchBridge } from '../../electron/bridge/contract.ts';

declare global {
  interface Window {
    /** Put on the page by the shell: Electron's preload script or the browser shell's `bridge.js`. */
    readonly workbench?: WorkbenchBridge;
  }
}

function requireBridge(): WorkbenchBridge {
  if (!window.workbench) {
    throw new Error('The page was opened without its host. Start it with npm start.');
  }
  return window.workbench;
}

/** The host, as the one contract describes it. */
export const workbench = requireBridge();

/** The sentence of a rejected call. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
