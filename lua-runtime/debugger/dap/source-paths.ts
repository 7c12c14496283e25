/**
 * Paths between the two worlds: the run names files relative to its root with `/`, a client by the
 * system's absolute paths or by file URIs, maybe through a link that leads to the same folder.
 */
import type { ClientConventions } from './client-conventions.ts';

export interface SourcePathsOptions {
  /** Absolute and real. */
  readonly root: string;
  readonly client: Pick<ClientConventions, 'pathFormat'>;
  /** Follows links; gives back what it got when there is nothing at that place. */
  readonly realPath: (path: string) => string;
}

export class SourcePaths {
  readonly #options: SourcePathsOptions;
  /** As the client wrote them, so that it gets its own spelling back. */
  readonly #spelling = new Map<string, string>();

  constructor(options: SourcePathsOptions) {
    this.#options = options;
  }

  /** Undefined for what is not below the root. */
  fileOf(clientPath: string): string | undefined {
    const { root, client, realPath } = this.#options;
    const path = client.pathFormat === 'uri' ? pathOfUri(clientPath) : clientPath;
    const file = below(root, path) ?? below(root, realPath(path));
    if (file !== undefined) this.#spelling.set(file, clientPath);
    return file;
  }

  clientPath(file: string): string {
    const known = this.#spelling.get(file);
    if (known !== undefined) return known;
    const path = this.absolute(file);
    return this.#options.client.pathFormat === 'uri' ? uriOfPath(path) : path;
  }

  absolute(file: string): string {
    const { root } = this.#options;
    const separator = isWindows(root) ? '\\' : '/';
    return `${withoutEnd(root)}${separator}${file.replaceAll('/', separator)}`;
  }
}

function below(root: string, path: string): string | undefined {
  const windows = isWindows(root);
  const slashes = (text: string): string => (windows ? text.replaceAll('\\', '/') : text);
  const base = `${withoutEnd(slashes(root))}/`;
  const full = slashes(path);
  const same = windows ? full.toLowerCase().startsWith(base.toLowerCase()) : full.startsWith(base);
  return same && full.length > base.length ? full.slice(base.length) : undefined;
}

function isWindows(path: string): boolean {
  return /^(?:[A-Za-z]:|\\\\)/.test(path);
}

function withoutEnd(path: string): string {
  return path.replace(/[\\/]+$/, '');
}

/** A path comes back as it is: some clients promise URIs and send paths. */
export function pathOfUri(uri: string): string {
  const found = /^file:\/\/[^/]*(\/.*)$/i.exec(uri)?.[1];
  if (found === undefined) return uri;
  const path = decoded(found);
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1).replaceAll('/', '\\') : path;
}

export function uriOfPath(path: string): string {
  const slashes = isWindows(path) ? `/${path.replaceAll('\\', '/')}` : path;
  return `file://${slashes
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/^\/([A-Za-z])%3A/, '/$1:')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
