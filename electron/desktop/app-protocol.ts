/** Serves the page from `app://bundle/`, which unlike `file://` is an origin of its own. */
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../renderer-files/content-security-policy.ts';
import { readRendererFile } from '../renderer-files/renderer-files.ts';

const scheme = 'app';
const host = 'bundle';

export const pageUrl = `${scheme}://${host}/index.html`;

/** Whether a URL is the page's own. `origin` says nothing of schemes that are not the web's. */
export function isPageUrl(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed?.protocol === `${scheme}:` && parsed.host === host;
}

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** @param rendererFolder the built page, absolute */
export function handleAppScheme(rendererFolder: string): void {
  protocol.handle(scheme, (request) => answerAppRequest(rendererFolder, request));
}

export async function answerAppRequest(
  rendererFolder: string,
  request: Pick<Request, 'url' | 'method'>,
): Promise<Response> {
  if (!isPageUrl(request.url)) return new Response(null, { status: 403 });
  if (request.method !== 'GET') return new Response(null, { status: 405 });
  const { pathname } = new URL(request.url);
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
  };
  if (pathname === '/bridge.js') {
    // The page asks for the browser shell's bridge; here the preload has put one there already.
    return new Response('', { headers: { ...headers, 'Content-Type': 'text/javascript' } });
  }
  const file = await readRendererFile(rendererFolder, pathname);
  if (file.status !== 200) return new Response(null, { status: file.status });
  return new Response(file.body, { headers: { ...headers, 'Content-Type': file.contentType } });
}
