/**
 * Unsaved text outlives a reload or a crash of the page. A cache only: what counts is the file on
 * disk, and a restored text that is based on an old version of it ends in the usual question.
 */
import { useWorkspace } from '../workspace/workspace-store.ts';

export interface UnsavedText {
  readonly text: string;
  /** The version on disk that the text was based on. */
  readonly version?: string;
}

const prefix = 'workbench.unsaved:';
const writeAfterMs = 250;
const waiting = new Map<string, UnsavedText>();
let timer: ReturnType<typeof setTimeout> | undefined;

function keyOf(path: string): string {
  return `${prefix}${useWorkspace.getState().workspace?.root ?? ''}:${path}`;
}

function writeWaiting(): void {
  clearTimeout(timer);
  timer = undefined;
  for (const [key, unsaved] of waiting) {
    try {
      localStorage.setItem(key, JSON.stringify(unsaved));
    } catch {
      // The store is full. The text is still in the editor, which is where it belongs.
    }
  }
  waiting.clear();
}

export function rememberUnsaved(path: string, text: string, version: string | undefined): void {
  waiting.set(keyOf(path), { text, version });
  timer ??= setTimeout(writeWaiting, writeAfterMs);
}

export function forgetUnsaved(path: string): void {
  const key = keyOf(path);
  waiting.delete(key);
  localStorage.removeItem(key);
}

export function readUnsaved(path: string): UnsavedText | undefined {
  const stored = localStorage.getItem(keyOf(path));
  return stored === null ? undefined : (JSON.parse(stored) as UnsavedText);
}

/** Paths of the open workspace that have unsaved text from an earlier session. */
export function unsavedPaths(): string[] {
  const ofWorkspace = keyOf('');
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(ofWorkspace))
    .map((key) => key.slice(ofWorkspace.length));
}

window.addEventListener('pagehide', writeWaiting);
