/**
 * Unsaved text outlives a crash of any process: the host keeps it in the data folder, and the page's own
 * store has it while the host is away. A cache only: what counts is the file on disk, and a restored text
 * that is based on an old version of it ends in the usual question.
 */
import type { UnsavedText } from '../../electron/bridge/unsaved.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';

export type { UnsavedText } from '../../electron/bridge/unsaved.ts';

const prefix = 'workbench.unsaved:';
/** A key is written at once, those that follow it so long after the one before. */
const writeEveryMs = 60;

/** By key of the page's store; undefined: not unsaved any more. */
const waiting = new Map<string, UnsavedText | undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** What the host had when the workspace was opened, by path. */
let keptByHost = new Map<string, UnsavedText>();

function keyOf(path: string): string {
  return `${prefix}${useWorkspace.getState().workspace?.root ?? ''}:${path}`;
}

/** Asks the host what it has kept of the open workspace; before any of its files is shown. */
export async function loadUnsaved(): Promise<void> {
  // Without an answer the page's own store has to do.
  const kept = await workbench.call('unsaved.list', {}).catch(() => []);
  keptByHost = new Map(kept.map((each) => [each.path, each]));
}

function keepInHost(text: UnsavedText): void {
  // Lost connection: the page's store has it, and `sendAgain` follows.
  workbench.call('unsaved.keep', text).catch(() => undefined);
}

function writeWaiting(): void {
  clearTimeout(timer);
  timer = undefined;
  for (const [key, unsaved] of waiting) {
    if (unsaved === undefined) continue;
    try {
      localStorage.setItem(key, JSON.stringify(unsaved));
    } catch {
      // The store is full. The host has it.
    }
    keepInHost(unsaved);
  }
  waiting.clear();
}

export function rememberUnsaved(path: string, text: string, version: string | undefined): void {
  const at = Date.now();
  waiting.set(keyOf(path), { path, text, at, ...(version === undefined ? {} : { version }) });
  if (timer !== undefined) return;
  writeWaiting();
  timer = setTimeout(writeWaiting, writeEveryMs);
}

export function forgetUnsaved(path: string): void {
  const key = keyOf(path);
  const isKnown = waiting.delete(key) || localStorage.getItem(key) !== null || keptByHost.has(path);
  localStorage.removeItem(key);
  keptByHost.delete(path);
  if (isKnown) workbench.call('unsaved.forget', { path }).catch(() => undefined);
}

function inPage(path: string): UnsavedText | undefined {
  const stored = localStorage.getItem(keyOf(path));
  return stored === null ? undefined : (JSON.parse(stored) as UnsavedText);
}

/** The newest text of an earlier session. */
export function readUnsaved(path: string): UnsavedText | undefined {
  const [own, kept] = [inPage(path), keptByHost.get(path)];
  if (own === undefined || kept === undefined) return own ?? kept;
  return own.at >= kept.at ? own : kept;
}

/** Paths of the open workspace that have unsaved text from an earlier session. */
export function unsavedPaths(): string[] {
  const ofWorkspace = keyOf('');
  const own = Object.keys(localStorage)
    .filter((key) => key.startsWith(ofWorkspace))
    .map((key) => key.slice(ofWorkspace.length));
  return [...new Set([...own, ...keptByHost.keys()])];
}

/** The host is back: it gets what it could not be told. */
function sendAgain(): void {
  for (const path of unsavedPaths()) {
    const own = inPage(path);
    if (own !== undefined) keepInHost(own);
  }
}

workbench.onConnection((connected) => {
  if (connected) sendAgain();
});
window.addEventListener('pagehide', writeWaiting);
