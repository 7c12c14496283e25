import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answerAppRequest, isPageUrl } from '../../../electron/desktop/app-protocol.ts';

vi.mock('electron', () => import('./electron-fake.ts'));

let folder: string;
let renderer: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'app-protocol-'));
  renderer = join(folder, 'renderer');
  await mkdir(renderer);
  await writeFile(join(renderer, 'index.html'), 'page');
  await writeFile(join(folder, 'secret.js'), 'secret');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const get = (url: string, method = 'GET') => answerAppRequest(renderer, { url, method });

test('the page comes with its type and policy', async () => {
  const answer = await get('app://bundle/index.html');
  expect(await answer.text()).toBe('page');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('the browser shell’s bridge script is empty here', async () => {
  const answer = await get('app://bundle/bridge.js');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
});

test.each([
  ['app://bundle/..%2fsecret.js', 403],
  ['app://bundle/%2e%2e%2fsecret.js', 403],
  ['app://bundle/..%5csecret.js', 403],
  ['app://other/index.html', 403],
  ['file:///etc/passwd', 403],
  ['app://bundle/missing.js', 404],
])('%s is refused', async (url, status) => {
  const answer = await get(url);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toBe('');
});

test('nothing is written', async () => {
  expect((await get('app://bundle/index.html', 'POST')).status).toBe(405);
});

test('only the page’s own addresses are the page', () => {
  expect(isPageUrl('app://bundle/index.html?x#y')).toBe(true);
  for (const url of ['app://bundle.evil/', 'https://bundle/', 'about:blank', '', 'app:bundle']) {
    expect(isPageUrl(url), url).toBe(false);
  }
});
