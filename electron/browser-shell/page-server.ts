/** The browser shell's HTTP side: the page's files, for those who hold a session. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentSecurityPolicy } from '../renderer-files/content-security-policy.ts';
import { readRendererFile } from '../renderer-files/renderer-files.ts';
import { isOwnHost, isOwnOrigin } from './access.ts';
import type { Access } from './access.ts';

export interface PageServerOptions {
  readonly access: Access;
  readonly port: number;
  /** The built renderer, absolute. */
  readonly rendererFolder: string;
  /** The script that puts `window.workbench` on the page, absolute. */
  readonly bridgeScript: string;
  /** Hears that a link was followed. */
  onTokenUsed(): void;
}

/** Where renderer/index.html loads the script from, ahead of the page's own. */
const bridgeScriptPath = '/bridge.js';

const linkUsed = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Kumo Policy Workbench</title>
<body><h1>This link was used already, or is not of this run</h1>
<p>Use the newest link that the workbench printed in its terminal. If this browser has the workbench
open already: <a href="/">go to the workbench</a>.</p></body></html>`;

/** Answers one request. Never rejects. */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  options: PageServerOptions,
): Promise<void> {
  try {
    await answer(request, response, options);
  } catch (error) {
    end(response, 500, 'text/plain', error instanceof Error ? error.message : String(error));
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: PageServerOptions,
): Promise<void> {
  const { host, origin, cookie } = request.headers;
  if (!isOwnHost(host, options.port) || (origin !== undefined && !isOwnOrigin(origin, host))) {
    end(response, 403, 'text/plain', 'The workbench answers only its own page on this machine.');
    return;
  }
  setSecurityHeaders(response, host);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    end(response, 405, 'text/plain', 'The workbench serves files only.');
    return;
  }
  const [pathname, query] = splitUrl(request.url ?? '/');
  const hasSession = options.access.hasSession(cookie);
  const token = new URLSearchParams(query).get('token');
  if (pathname === '/' && token !== null) {
    const setCookie = hasSession ? undefined : options.access.redeem(token);
    if (setCookie !== undefined) {
      response.setHeader('Set-Cookie', setCookie);
      options.onTokenUsed();
    }
    if (setCookie !== undefined || hasSession) {
      response.setHeader('Location', '/');
      end(response, 303, 'text/plain', '');
      return;
    }
  }
  if (!hasSession) {
    end(response, 403, 'text/html; charset=utf-8', linkUsed);
    return;
  }
  await sendFile(response, pathname, options);
}

/**
 * Node's own URL class would fold `..` away before it is checked, so the path is taken as it came.
 */
function splitUrl(url: string): [pathname: string, query: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function setSecurityHeaders(response: ServerResponse, host: string): void {
  // Not every browser takes 'self' to include the WebSocket of the same host.
  response.setHeader('Content-Security-Policy', contentSecurityPolicy([`ws://${host}`]));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
  response.setHeader('Cache-Control', 'no-store');
}

async function sendFile(
  response: ServerResponse,
  pathname: string,
  { rendererFolder, bridgeScript }: PageServerOptions,
): Promise<void> {
  if (pathname === bridgeScriptPath) {
    end(response, 200, 'text/javascript; charset=utf-8', await readFile(bridgeScript));
    return;
  }
  const file = await readRendererFile(rendererFolder, pathname);
  if (file.status !== 200) {
    end(response, file.status, 'text/plain', 'There is no such file.');
    return;
  }
  if (file.immutable) response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  end(response, 200, file.contentType, file.body);
}

function end(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
): void {
  response.statusCode = status;
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  // Node leaves the body out of an answer to HEAD by itself.
  response.end(body);
}
