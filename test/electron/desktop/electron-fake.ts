/**
 * The part of Electron that the shell touches, for wiring tests: they show what the shell asks of
 * Electron, not what Electron does. `satisfies` holds each fake to Electron's own types.
 */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { vi } from 'vitest';

export class FakeWebContents extends EventEmitter {
  readonly id: number;
  readonly sent: unknown[][] = [];
  openHandler:
    ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | undefined;

  constructor(id: number) {
    super();
    this.id = id;
  }
  setWindowOpenHandler(
    handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse,
  ): void {
    this.openHandler = handler;
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  isDestroyed(): boolean {
    return false;
  }
}

export class FakeBrowserWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: FakeWebContents;
  url = '';
  minimized = false;
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly maximize = vi.fn();
  readonly restore = vi.fn();

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.webContents = new FakeWebContents(windows.length + 1);
    windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isMaximized(): boolean {
    return true;
  }
  getNormalBounds(): Electron.Rectangle {
    return { x: 10, y: 20, width: 900, height: 700 };
  }
}

export const windows: FakeBrowserWindow[] = [];
export { FakeBrowserWindow as BrowserWindow };

let becomeReady: () => void = () => undefined;
let ready = new Promise<void>((resolve) => (becomeReady = resolve));

/** What the real Electron does once the main module has been evaluated, and not before. */
export const control = {
  becomeReady: (): void => {
    becomeReady();
  },
  hasLock: true,
  /** A fresh application. */
  reset(): void {
    windows.length = 0;
    schemes.length = 0;
    app.removeAllListeners();
    ipcMain.removeAllListeners();
    control.hasLock = true;
    ready = new Promise<void>((resolve) => (becomeReady = resolve));
    vi.clearAllMocks();
  },
};

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  whenReady: () => ready,
  quit: vi.fn(),
  exit: vi.fn(),
  setName: vi.fn(),
  setPath: vi.fn(),
  enableSandbox: vi.fn(),
  requestSingleInstanceLock: vi.fn(() => control.hasLock),
}) satisfies Pick<
  Electron.App,
  | 'isPackaged'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'setName'
  | 'setPath'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
>;

export const ipcMain = new EventEmitter() satisfies Record<
  keyof Pick<Electron.IpcMain, 'on' | 'off'>,
  unknown
>;

export const schemes: Electron.CustomScheme[] = [];
export const protocol = {
  registerSchemesAsPrivileged: (added: Electron.CustomScheme[]) => {
    schemes.push(...added);
  },
  handle: vi.fn(),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

export const session = {
  defaultSession: {
    setPermissionRequestHandler: vi.fn<Electron.Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Electron.Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Electron.Session['setDevicePermissionHandler']>(),
  } satisfies Pick<
    Electron.Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
};

export const shell = {
  openExternal: vi.fn(() => Promise.resolve()),
} satisfies Pick<Electron.Shell, 'openExternal'>;

export const dialog = {
  showErrorBox: vi.fn(),
  showMessageBoxSync: vi.fn(() => 0),
  showOpenDialog: vi.fn(() => Promise.resolve({ canceled: true, filePaths: [] as string[] })),
} satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showMessageBoxSync' | 'showOpenDialog'>;

export const Menu = {
  setApplicationMenu: vi.fn(),
  buildFromTemplate: vi.fn(),
};

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};
