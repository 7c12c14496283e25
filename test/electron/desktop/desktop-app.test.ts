import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { folderArgument, startDesktop } from '../../../electron/desktop/desktop-app.ts';
import type { HostSurroundings } from '../../../electron/desktop/desktop-app.ts';
import { ParseOnlyHost } from '../bridge/parse-only-host.ts';
import * as electron from './electron-fake.ts';

vi.mock('electron', () => import('./electron-fake.ts'));

let dataFolder: string;
let host: ParseOnlyHost & { close(): Promise<void> };
let surroundings: HostSurroundings | undefined;
let closed: boolean;

beforeEach(() => {
  electron.control.reset();
  dataFolder = mkdtempSync(path.join(tmpdir(), 'desktop-'));
  closed = false;
  surroundings = undefined;
  host = Object.assign(new ParseOnlyHost(), {
    close: async () => {
      closed = true;
    },
  });
});
afterEach(() => {
  rmSync(dataFolder, { recursive: true });
});

function start(args: string[] = []): void {
  startDesktop({
    args,
    distFolder: path.resolve('dist'),
    dataFolder,
    createHost: async (given) => {
      surroundings = given;
      return host;
    },
  });
}

async function startedWindow(args: string[] = []): Promise<electron.FakeBrowserWindow> {
  start(args);
  electron.control.becomeReady();
  await vi.waitFor(
    () => {
      expect(electron.windows[0]?.url).not.toBe('');
    },
    { timeout: 10_000 },
  );
  return electron.windows[0]!;
}

const page = 'app://bundle/index.html';

describe('starting', () => {
  test('declares the scheme and the sandbox before Electron is ready, and returns at once', () => {
    start();
    expect(electron.schemes).toMatchObject([
      { scheme: 'app', privileges: { standard: true, secure: true } },
    ]);
    expect(electron.app.enableSandbox).toHaveBeenCalled();
    expect(electron.windows).toEqual([]);
  });

  test('shows the page in a locked-down window', async () => {
    const window = await startedWindow();
    expect(window.url).toBe(page);
    expect(window.options.show).toBe(false);
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalled();
  });

  test('opens the folder that was asked for', async () => {
    await startedWindow(['--enable-logging', 'policies']);
    expect(surroundings?.folder).toBe(path.resolve('policies'));
  });

  test('a host that cannot start is told in a dialog and ends the application', async () => {
    startDesktop({
      args: [],
      distFolder: 'dist',
      dataFolder,
      createHost: () => Promise.reject(new Error('The folder is gone.')),
    });
    electron.control.becomeReady();
    await vi.waitFor(
      () => {
        expect(electron.app.exit).toHaveBeenCalledWith(3);
      },
      { timeout: 10_000 },
    );
    expect(electron.dialog.showErrorBox).toHaveBeenCalledWith(
      expect.anything(),
      expect.stringContaining('The folder is gone.'),
    );
  });
});

describe('a second instance', () => {
  test('quits without a window', () => {
    electron.control.hasLock = false;
    start();
    expect(electron.app.quit).toHaveBeenCalled();
    expect(electron.schemes).toEqual([]);
  });

  test('brings the first one’s window to the front, with its folder', async () => {
    const window = await startedWindow();
    window.minimized = true;
    electron.app.emit('second-instance', {}, [], '', { folder: '/policies' });
    expect(window.restore).toHaveBeenCalled();
    expect(window.focus).toHaveBeenCalled();
    expect(host.calls).toEqual(['workspace.open']);
  });
});

describe('the window', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'stays on its page (%s)',
    async (event) => {
      const { webContents } = await startedWindow();
      for (const [url, leaves] of [
        ['https://evil.example/', true],
        ['file:///etc/passwd', true],
        ['app://other/index.html', true],
        ['not a url', true],
        [page, false],
      ] as const) {
        const navigation = { url, preventDefault: vi.fn() };
        webContents.emit(event, navigation);
        expect(navigation.preventDefault, url).toHaveBeenCalledTimes(leaves ? 1 : 0);
      }
    },
  );

  test('opens no other, and only known sites in the system’s browser', async () => {
    const { openHandler } = (await startedWindow()).webContents;
    const known = 'https://docs.kumomta.com/reference/';
    for (const url of [
      known,
      'https://evil.example/',
      'http://docs.kumomta.com/',
      'https://docs.kumomta.com.evil.example/',
      'https://docs.kumomta.com:8443/',
      'file:///etc/passwd',
    ]) {
      expect(openHandler!({ url } as never)).toEqual({ action: 'deny' });
    }
    expect(electron.shell.openExternal.mock.calls).toEqual([[known]]);
  });

  test('takes no webview', async () => {
    const event = { preventDefault: vi.fn() };
    (await startedWindow()).webContents.emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });

  test('with unsaved files closes only when the person says so', async () => {
    const { webContents } = await startedWindow();
    const event = { preventDefault: vi.fn() };
    electron.dialog.showMessageBoxSync.mockReturnValueOnce(0);
    webContents.emit('will-prevent-unload', event);
    expect(event.preventDefault).not.toHaveBeenCalled();
    electron.dialog.showMessageBoxSync.mockReturnValueOnce(1);
    webContents.emit('will-prevent-unload', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });

  test('comes back where it was closed', async () => {
    (await startedWindow()).emit('close');
    expect(JSON.parse(readFileSync(path.join(dataFolder, 'window.json'), 'utf8'))).toMatchObject({
      width: 900,
    });
    electron.control.reset();
    const again = await startedWindow();
    expect(again.options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 });
    expect(again.maximize).toHaveBeenCalled();
  });
});

test('permissions are refused but for copying text', async () => {
  await startedWindow();
  const { setPermissionRequestHandler, setPermissionCheckHandler, setDevicePermissionHandler } =
    electron.session.defaultSession;
  const answers: boolean[] = [];
  const onRequest = setPermissionRequestHandler.mock.calls[0]![0]!;
  for (const permission of ['media', 'geolocation', 'clipboard-sanitized-write'] as const) {
    onRequest({} as never, permission, (allowed) => answers.push(allowed), {} as never);
  }
  expect(answers).toEqual([false, false, true]);
  const onCheck = setPermissionCheckHandler.mock.calls[0]![0]!;
  expect(onCheck(null, 'serial', '', {} as never)).toBe(false);
  expect(setDevicePermissionHandler.mock.calls[0]![0]!({} as never)).toBe(false);
});

describe('the bridge over IPC', () => {
  const request = { id: 5, name: 'queueName.parse', input: { queue: 'example.com' } };

  function senderOf(window: electron.FakeBrowserWindow, url: string, parent: unknown = null) {
    return { sender: window.webContents, senderFrame: { url, parent } };
  }

  test('answers the page and tells it events', async () => {
    const window = await startedWindow();
    electron.ipcMain.emit('workbench:to-host', senderOf(window, page), request);
    await vi.waitFor(
      () => {
        expect(window.webContents.sent).toEqual([
          ['workbench:from-host', { id: 5, ok: true, output: { domain: 'example.com' } }],
        ]);
      },
      { timeout: 10_000 },
    );
    host.emit({ event: 'settings', payload: 1 });
    expect(window.webContents.sent).toContainEqual([
      'workbench:from-host',
      { event: 'settings', payload: 1 },
    ]);
  });

  test('hears nobody else', async () => {
    const window = await startedWindow();
    const stranger = { sender: { id: 99 }, senderFrame: { url: page, parent: null } };
    for (const sender of [
      senderOf(window, 'https://evil.example/'),
      senderOf(window, 'app://other/'),
      senderOf(window, page, { url: page }),
      { sender: window.webContents, senderFrame: null },
      stranger,
    ]) {
      electron.ipcMain.emit('workbench:to-host', sender, request);
    }
    expect(host.calls).toEqual([]);
  });

  test('is cut off when the page sends what is no request', async () => {
    const window = await startedWindow();
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    electron.ipcMain.emit('workbench:to-host', senderOf(window, page), 'hello');
    electron.ipcMain.emit('workbench:to-host', senderOf(window, page), request);
    expect(host.calls).toEqual([]);
    expect(host.listenerCount).toBe(0);
    expect(logged).toHaveBeenCalledOnce();
  });

  test('ends with the window', async () => {
    const window = await startedWindow();
    window.webContents.emit('destroyed');
    expect(host.listenerCount).toBe(0);
    expect(electron.ipcMain.listenerCount('workbench:to-host')).toBe(0);
  });
});

test('the folder dialog’s answer is the folder, or nothing when it was cancelled', async () => {
  await startedWindow();
  expect(await surroundings!.pickFolder()).toBeUndefined();
  electron.dialog.showOpenDialog.mockResolvedValueOnce({
    canceled: false,
    filePaths: ['/policies'],
  });
  expect(await surroundings!.pickFolder()).toBe('/policies');
});

test('quitting waits for the host to close', async () => {
  await startedWindow();
  const event = { preventDefault: vi.fn() };
  electron.app.emit('will-quit', event);
  expect(event.preventDefault).toHaveBeenCalled();
  await vi.waitFor(
    () => {
      expect(electron.app.exit).toHaveBeenCalledWith(0);
    },
    { timeout: 10_000 },
  );
  expect(closed).toBe(true);
});

test('the folder argument is the first that is no switch', () => {
  expect(folderArgument(['--no-sandbox', 'a', 'b'], '/home')).toBe(path.resolve('/home/a'));
  expect(folderArgument(['--no-sandbox'], '/home')).toBeUndefined();
});
