import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startShell } from './running-shell.ts';
import type { RunningShell } from './running-shell.ts';

let shell: RunningShell;

beforeEach(async () => {
  shell = await startShell();
});
afterEach(async () => {
  await shell.stop();
});

describe('the link', () => {
  test('is exchanged for a cookie that scripts and other sites never see', async () => {
    const { pathname, search } = new URL(shell.server.newLink());
    const answer = await shell.get(pathname + search);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('works once: the second time gives no cookie and no page', async () => {
    const { pathname, search } = new URL(shell.server.newLink());
    await shell.get(pathname + search);
    const again = await shell.get(pathname + search);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body).toContain('This link was used already');
  });

  test('followed again by the browser that used it leads to the page', async () => {
    const { pathname, search } = new URL(shell.server.newLink());
    const first = await shell.get(pathname + search);
    const cookie = first.headers['set-cookie']![0]!.split(';', 1)[0]!;
    const again = await shell.get(pathname + search, { cookie });
    expect(again.status).toBe(303);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('with a made-up token is refused', async () => {
    expect((await shell.get('/?token=AAAA')).status).toBe(403);
  });
});

describe('the page', () => {
  test('and its files need the cookie', async () => {
    for (const path of ['/', '/index.html', '/bridge.js', '/assets/index-AbCd1234.js']) {
      expect((await shell.get(path)).status, path).toBe(403);
      const forged = { cookie: `kumo-workbench-${shell.server.port}=forged` };
      expect((await shell.get(path, forged)).status, path).toBe(403);
    }
  });

  test('comes with the cookie, under a strict policy', async () => {
    const cookie = await shell.signIn();
    const { status, headers, body } = await shell.get('/', { cookie });
    expect(status).toBe(200);
    expect(body).toContain('<title>page</title>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-frame-options']).toBe('DENY');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ws://${shell.address}`);
  });

  test('loads again by its cookie alone, as often as one likes', async () => {
    const cookie = await shell.signIn();
    expect((await shell.get('/', { cookie })).status).toBe(200);
    expect((await shell.get('/', { cookie })).status).toBe(200);
  });

  test('has the bridge script, and caches only files whose name tells their content', async () => {
    const cookie = await shell.signIn();
    const script = await shell.get('/bridge.js', { cookie });
    expect(script.body).toBe('window.workbench = {};');
    expect(script.headers['cache-control']).toBe('no-store');
    const asset = await shell.get('/assets/index-AbCd1234.js', { cookie });
    expect(asset.headers['cache-control']).toContain('immutable');
  });

  test.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/..%5csecret.js',
    '/%00/secret.js',
    '/%zz',
    '//etc/passwd',
  ])('does not lead out of its folder: %s', async (path) => {
    const cookie = await shell.signIn();
    const { status, body } = await shell.get(path, { cookie });
    expect([403, 404]).toContain(status);
    expect(body).not.toContain('secret');
  });

  test('is read, never written', async () => {
    const cookie = await shell.signIn();
    expect((await shell.get('/', { cookie }, 'POST')).status).toBe(405);
  });
});

describe('a request', () => {
  test.each(['evil.example', '127.0.0.1', 'localhost:1', '127.0.0.1.evil.example:80'])(
    'for the host %s is refused, cookie or not',
    async (host) => {
      const cookie = await shell.signIn();
      expect((await shell.get('/', { cookie, host })).status).toBe(403);
    },
  );

  test('for localhost is answered', async () => {
    const cookie = await shell.signIn();
    const host = `localhost:${shell.server.port}`;
    expect((await shell.get('/', { cookie, host })).status).toBe(200);
  });

  test('from a page of another origin is refused', async () => {
    const cookie = await shell.signIn();
    const origin = 'http://evil.example';
    expect((await shell.get('/', { cookie, origin })).status).toBe(403);
  });
});

test('nothing but loopback is listened on', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  // The whole 127/8 is loopback: an address of it that is not ours must not answer either.
  for (const host of [outside?.address, '127.0.0.2'].filter((address) => address !== undefined)) {
    const refused = await new Promise<boolean>((resolve) => {
      const socket = connect(shell.server.port, host);
      socket.once('connect', () => {
        socket.destroy();
        resolve(false);
      });
      socket.once('error', () => {
        resolve(true);
      });
    });
    expect(refused, host).toBe(true);
  }
});
