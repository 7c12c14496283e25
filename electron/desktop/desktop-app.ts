/** The Electron shell's course: one instance, one window, one host, from start to quit. */
import path from 'node:path';
import { Menu, app, dialog, session, shell } from 'electron';
import type { BrowserWindow } from 'electron';
import { serveBridge } from '../bridge/server.ts';
import type { BridgeHost } from '../bridge/server.ts';
import { handleAppScheme, registerAppScheme } from './app-protocol.ts';
import { ipcLink } from './ipc-link.ts';
import { denyPermissions, lockNavigation } from './lockdown.ts';
import { menuTemplate } from './menu.ts';
import { createWorkbenchWindow, loadPage } from './workbench-window.ts';

export interface DesktopHost extends BridgeHost {
  close(): Promise<void>;
}

export interface HostSurroundings {
  /** What to open first, absolute; undefined: what was open last. */
  readonly folder: string | undefined;
  /** Shows the system's dialog; undefined: cancelled. */
  readonly pickFolder: () => Promise<string | undefined>;
}

export interface DesktopOptions {
  /** The program's arguments, without Electron's own program and script. */
  readonly args: readonly string[];
  /** The built program's files, absolute. */
  readonly distFolder: string;
  /** Where the shell keeps what is its own, absolute. */
  readonly dataFolder: string;
  createHost(surroundings: HostSurroundings): Promise<DesktopHost>;
}

/** The folder or policy among the arguments, absolute; the others are Chromium's switches. */
export function folderArgument(args: readonly string[], cwd: string): string | undefined {
  const folder = args.find((arg) => !arg.startsWith('-'));
  return folder === undefined ? undefined : path.resolve(cwd, folder);
}

/**
 * Starts the application and returns at once: Electron is not ready before the main module has been
 * evaluated, so that module must not wait for anything here.
 */
export function startDesktop(options: DesktopOptions): void {
  app.setName('Kumo Policy Workbench');
  app.setPath('userData', path.join(options.dataFolder, 'window'));
  const folder = folderArgument(options.args, process.cwd());
  if (!app.requestSingleInstanceLock({ folder })) {
    // The instance that runs already hears of the folder and shows its window.
    app.quit();
    return;
  }
  registerAppScheme();
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    lockNavigation(contents, (url) => {
      void shell.openExternal(url);
    });
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  app
    .whenReady()
    .then(() => openWorkbench(options, folder))
    .catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      dialog.showErrorBox('The workbench could not start', text);
      app.exit(3);
    });
}

async function openWorkbench(options: DesktopOptions, folder: string | undefined): Promise<void> {
  handleAppScheme(path.join(options.distFolder, 'renderer'));
  denyPermissions(session.defaultSession);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)));
  const window = createWorkbenchWindow({
    preload: path.join(options.distFolder, 'preload/preload.cjs'),
    stateFile: path.join(options.dataFolder, 'window.json'),
  });
  const host = await options.createHost({ folder, pickFolder: () => pickFolder(window) });
  closeWithApp(host);
  serveBridge(ipcLink(window.webContents), host);
  app.on('second-instance', (_event, _args, _cwd, data) => {
    if (window.isMinimized()) window.restore();
    window.focus();
    const other = (data as { folder?: string } | undefined)?.folder;
    if (other !== undefined) void host.dispatch('workspace.open', { path: other });
  });
  await loadPage(window);
}

async function pickFolder(window: BrowserWindow): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a folder with a policy',
    properties: ['openDirectory'],
  });
  return filePaths[0];
}

/** Quitting waits for the host, which ends its workers and its broker and writes what is pending. */
function closeWithApp(host: DesktopHost): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    host.close().then(
      () => {
        app.exit(0);
      },
      (error: unknown) => {
        console.error('The workbench did not close cleanly:', error);
        app.exit(3);
      },
    );
  });
}
