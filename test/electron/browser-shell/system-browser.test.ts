import { describe, expect, test } from 'vitest';
import { browserCommand } from '../../../electron/browser-shell/system-browser.ts';

const url = 'http://127.0.0.1:4000/?token=t';

function commandOn(
  platform: NodeJS.Platform,
  files: string[],
  env: Record<string, string> = { DISPLAY: ':0', PATH: '/usr/local/bin:/usr/bin' },
  isRoot = false,
) {
  return browserCommand(url, { platform, env, isRoot, exists: (file) => files.includes(file) });
}

describe('on Linux', () => {
  test('Chromium shows the page in a window of its own', () => {
    expect(commandOn('linux', ['/usr/bin/chromium', '/usr/bin/xdg-open'])).toEqual({
      command: '/usr/bin/chromium',
      args: [`--app=${url}`, '--no-first-run'],
    });
  });

  test('another browser is opened by the desktop', () => {
    expect(commandOn('linux', ['/usr/bin/xdg-open'])).toEqual({
      command: '/usr/bin/xdg-open',
      args: [url],
    });
  });

  test('nothing is opened without a display', () => {
    const env = { PATH: '/usr/bin' };
    expect(commandOn('linux', ['/usr/bin/chromium', '/usr/bin/xdg-open'], env)).toBeUndefined();
  });

  test('root gets no Chromium, which would need its sandbox taken away', () => {
    const env = { DISPLAY: ':0', PATH: '/usr/bin' };
    expect(commandOn('linux', ['/usr/bin/chromium'], env, true)).toBeUndefined();
  });
});

test('on macOS Chrome is found among the applications, else the system opens the page', () => {
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(commandOn('darwin', [chrome])?.command).toBe(chrome);
  expect(commandOn('darwin', [])).toEqual({ command: 'open', args: [url] });
});

test('on Windows Edge is found among the programs, else the system opens the page', () => {
  const env = { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  expect(commandOn('win32', [edge], env)?.command).toBe(edge);
  expect(commandOn('win32', [], env)?.args).toContain(url);
});
