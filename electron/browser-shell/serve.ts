/** The browser shell: the workbench in the system's browser, for machines without Electron. */
import { join } from 'node:path';
import { distFolder } from '../dist-folder.ts';
import { createWorkbench } from '../host/workbench.ts';
import { startShellServer } from './shell-server.ts';
import type { ShellServer } from './shell-server.ts';
import { openInSystemBrowser } from './system-browser.ts';

export interface ServeOptions {
  /** A folder or policy to open, absolute or `~`-relative; default: what was open last. */
  readonly folder?: string | undefined;
  /** 0 or undefined: any free port of 127.0.0.1. */
  readonly port?: number | undefined;
  /** Whether to open the system's browser. Default: no. */
  readonly open?: boolean | undefined;
  /** Hears of the next link whenever one was followed: each opens the workbench once. */
  readonly onLinkUsed?: ((nextUrl: string) => void) | undefined;
}

export interface RunningShell {
  /** The link that opens the workbench in one browser, once. */
  readonly url: string;
  /** Whether the system's browser was opened at `url`. */
  readonly opened: boolean;
  /** Ends the connections, the runs and the embedded broker. */
  close(): Promise<void>;
}

/**
 * Opens the workspace and serves it. Rejects with a BridgeError when `folder` cannot be opened, and
 * with the system's error (`EADDRINUSE`) when the port is taken.
 */
export async function serve(options: ServeOptions): Promise<RunningShell> {
  const workbench = await createWorkbench({ shell: 'browser', open: options.folder });
  let server: ShellServer;
  try {
    server = await startShellServer({
      host: workbench,
      port: options.port ?? 0,
      rendererFolder: join(distFolder(), 'renderer'),
      bridgeScript: join(distFolder(), 'browser-shell/bridge.js'),
      onLinkUsed: () => options.onLinkUsed?.(server.newLink()),
    });
  } catch (error) {
    await workbench.close();
    throw error;
  }
  const url = server.newLink();
  return {
    url,
    opened: options.open === true && (await openInSystemBrowser(url)),
    async close() {
      await server.close();
      await workbench.close();
    },
  };
}
