import { BrowserWindow, screen, shell } from 'electron';
import { pageUrl } from './app-protocol.ts';
import { lockNavigation, lockedWebPreferences } from './lockdown.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface WorkbenchWindowOptions {
  /** The built preload script, absolute. */
  readonly preload: string;
  /** Where the window's place is kept, absolute. */
  readonly stateFile: string;
}

/** Makes the window, hidden until it has something to show. Load it with `loadPage`. */
export function createWorkbenchWindow(options: WorkbenchWindowOptions): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized = false, ...bounds } = readWindowState(options.stateFile, workAreas) ?? {
    width: 1440,
    height: 900,
  };
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 800,
    minHeight: 500,
    show: false,
    title: 'Kumo Policy Workbench',
    webPreferences: lockedWebPreferences(options.preload),
  });
  if (maximized) window.maximize();
  lockNavigation(window.webContents, (url) => {
    void shell.openExternal(url);
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    writeWindowState(options.stateFile, {
      ...window.getNormalBounds(),
      maximized: window.isMaximized(),
    });
  });
  return window;
}

/** Loads the page. Rejects when it cannot be shown. */
export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(pageUrl);
}
