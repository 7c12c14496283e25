import type { Diagnostic } from '../../electron/bridge/contract.ts';
import { latestCall } from '../bridge/latest-call.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { modelOf, onTextChange } from '../editor/document-models.ts';
import { findDocument } from '../editor/documents-store.ts';
import { mark } from './markers.ts';
import { useProblems } from './problems-store.ts';

/** Between two keys of somebody who types there is more than this. */
const restMs = 25;
/** After this the whole workspace is looked at, for the list of problems. */
const wholeRestMs = 600;

/** Files that have a tab. */
const open = new Set<string>();
/** Texts that the host does not have yet. */
const changed = new Map<string, string>();

function groupedByFile(
  findings: readonly Diagnostic[],
): Readonly<Record<string, readonly Diagnostic[]>> {
  const byFile: Record<string, Diagnostic[]> = {};
  for (const finding of findings) (byFile[finding.file] ??= []).push(finding);
  return byFile;
}

const checkOpen = latestCall<undefined>(async () => {
  const texts = [...changed].map(([path, text]) => ({ path, text }));
  changed.clear();
  try {
    const { checked, findings } = await workbench.call('language.check', { texts });
    const byFile = groupedByFile(findings);
    for (const path of checked) {
      // Text that came meanwhile is asked about next; places in it would be those of the old one.
      if (!changed.has(path)) mark('checks', path, byFile[path] ?? []);
    }
    const now = Object.fromEntries(checked.map((path) => [path, byFile[path] ?? []]));
    useProblems.setState((state) => ({ findings: { ...state.findings, ...now } }));
  } catch {
    // The old markers stay; a lost connection is told by its own banner. Asked again with the next key.
    for (const { path, text } of texts) if (!changed.has(path)) changed.set(path, text);
  }
}, restMs);

const checkWhole = latestCall<undefined>(async (_, isLatest) => {
  try {
    const findings = await workbench.call('language.problems', {});
    if (!isLatest() || changed.size > 0) return;
    const byFile = groupedByFile(findings);
    for (const [path, found] of Object.entries(byFile)) mark('checks', path, found);
    useProblems.setState({ findings: byFile });
  } catch {
    // The list stays as it is until something changes.
  }
}, wholeRestMs);

/** Policies and data files of helpers; what the host does not know of them it says nothing about. */
function isChecked(path: string): boolean {
  return /\.(?:lua|toml|json)$/.test(path);
}

/** Marks what the checks find in open files while they are typed, and lists it for all files. */
export function checkPolicyWhileTyping(): void {
  onTextChange((path, text) => {
    if (!isChecked(path) || findDocument(path)?.recorded === true) return;
    open.add(path);
    changed.set(path, text);
    checkOpen(undefined);
    checkWhole(undefined);
  });
  for (const event of ['workspace', 'fileChanged'] as const) {
    workbench.on(event, () => {
      checkOpen(undefined);
      checkWhole(undefined);
    });
  }
  workbench.onConnection((connected) => {
    if (!connected) return;
    // The host counts the page as a new one.
    for (const path of open) {
      const entry = modelOf(path);
      if (entry) changed.set(path, entry.model.getValue());
    }
    checkOpen(undefined);
  });
  checkWhole(undefined);
}

/** A file without a tab counts as it is on disk. */
export function forgetText(path: string): void {
  changed.delete(path);
  if (!open.delete(path)) return;
  workbench.call('language.close', { path }).then(
    () => checkWhole(undefined),
    () => undefined,
  );
}
