/** The files of the built page, as both shells serve them. */
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export type RendererFile =
  | {
      readonly status: 200;
      readonly body: Buffer<ArrayBuffer>;
      readonly contentType: string;
      /** Whether its name holds a hash of its content, so that it may be cached for good. */
      readonly immutable: boolean;
    }
  | { readonly status: 403 | 404 };

/**
 * Reads one file of the page.
 *
 * @param folder the built renderer, absolute
 * @param pathname of the URL, still percent-encoded; `/` is the page itself
 */
export async function readRendererFile(folder: string, pathname: string): Promise<RendererFile> {
  let relative: string;
  try {
    relative = decodeURIComponent(pathname);
  } catch {
    return { status: 403 };
  }
  if (relative.includes('\0') || relative.includes('\\')) return { status: 403 };
  const file = resolve(folder, `.${relative === '/' ? '/index.html' : relative}`);
  if (!file.startsWith(resolve(folder) + sep)) return { status: 403 };
  const contentType = contentTypes[extname(file)];
  if (contentType === undefined) return { status: 404 };
  try {
    const body = await readFile(file);
    return { status: 200, body, contentType, immutable: /-[\w-]{8}\.\w+$/.test(file) };
  } catch {
    return { status: 404 };
  }
}
