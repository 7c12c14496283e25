import { BrowserWindow, dialog, screen } from 'electron';
import { pageUrl } from './app-protocol.ts';
import { lockedWebPreferences } from './lockdown.ts';
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
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    writeWindowState(options.stateFile, {
      ...window.getNormalBounds(),
      maximized: window.isMaximized(),
    });
  });
  // A page with unsaved files objects to being closed; Electron itself would then do nothing at all.
  window.webContents.on('will-prevent-unload', (event) => {
    if (confirmsClosing(window)) event.preventDefault();
  });
  return window;
}

function confirmsClosing(window: BrowserWindow): boolean {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: 'There are files with unsaved changes.',
    detail: 'Closing the window discards them.',
    buttons: ['Keep Editing', 'Discard and Close'],
    defaultId: 0,
    cancelId: 0,
  });
  return choice === 1;
}

/** Loads the page. Rejects when it cannot be shown. */
export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(pageUrl);
}
