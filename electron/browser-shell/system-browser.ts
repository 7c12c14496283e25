/** Opens the system's browser; as a window of its own where Chromium or one of its kin is found. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface SystemBrowserSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly exists: (file: string) => boolean;
}

export interface BrowserCommand {
  readonly command: string;
  readonly args: readonly string[];
}

const chromiumNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** How to open `url`; undefined on a machine without a display, or with nothing to open it. */
export function browserCommand(
  url: string,
  surroundings: SystemBrowserSurroundings,
): BrowserCommand | undefined {
  const { platform, env } = surroundings;
  if (platform === 'darwin') {
    const chromium = firstExisting(
      surroundings,
      macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
    );
    return chromium ? inOwnWindow(chromium, url) : { command: 'open', args: [url] };
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    const chromium = firstExisting(
      surroundings,
      roots.flatMap((root) => (root ? windowsPrograms.map((name) => `${root}\\${name}`) : [])),
    );
    if (chromium) return inOwnWindow(chromium, url);
    return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  }
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  const onPath = (name: string): string[] =>
    (env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  // Chromium refuses to run as root with its sandbox, and without it is no browser to open for someone.
  const chromium = surroundings.isRoot
    ? undefined
    : firstExisting(surroundings, chromiumNames.flatMap(onPath));
  if (chromium) return inOwnWindow(chromium, url);
  const opener = firstExisting(surroundings, onPath('xdg-open'));
  return opener ? { command: opener, args: [url] } : undefined;
}

function inOwnWindow(command: string, url: string): BrowserCommand {
  return { command, args: [`--app=${url}`, '--no-first-run'] };
}

function firstExisting(
  { exists }: SystemBrowserSurroundings,
  files: readonly string[],
): string | undefined {
  return files.find(exists);
}

/** Opens `url`. Resolves to false when there is nothing to open it with, or it would not start. */
export function openInSystemBrowser(url: string): Promise<boolean> {
  const command = browserCommand(url, {
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
  });
  if (command === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command.command, command.args, { detached: true, stdio: 'ignore' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
