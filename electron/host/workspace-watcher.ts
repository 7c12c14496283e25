/** Tells when files of a folder change, by us or by another program. */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** Editors write in several steps; this long after the last one the change is told once. */
const SETTLE_MS = 60;

export class WorkspaceWatcher {
  readonly #watcher: FSWatcher | undefined;
  readonly #changed = new Set<string>();
  readonly #onChange: (paths: readonly string[]) => void;
  #timer: NodeJS.Timeout | undefined;

  /**
   * Watches `root` with everything below, or only its own files when it is not `recursive`. `onChange` gets relative paths with `/` separators;
   * hidden names and node_modules are left out. `onProblem` gets a sentence when watching is not
   * possible (too many watches, a network file system); changes are then not seen.
   */
  constructor(
    root: string,
    recursive: boolean,
    onChange: (paths: readonly string[]) => void,
    onProblem: (sentence: string) => void,
  ) {
    this.#onChange = onChange;
    try {
      this.#watcher = watch(root, { recursive }, (_event, name) => {
        if (name !== null) this.#note(name.replaceAll('\\', '/'));
      });
      this.#watcher.on('error', (error) => onProblem(cannotWatch(root, error)));
    } catch (error) {
      onProblem(cannotWatch(root, error));
    }
  }

  #note(path: string): void {
    if (path.split('/').some((part) => part.startsWith('.') || part === 'node_modules')) return;
    this.#changed.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const paths = [...this.#changed].sort();
      this.#changed.clear();
      this.#onChange(paths);
    }, SETTLE_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
  }
}

function cannotWatch(root: string, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `${root} cannot be watched (${why}); changes by other programs are not noticed.`;
}
