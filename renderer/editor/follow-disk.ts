import { workbench } from '../bridge/workbench-bridge.ts';
import { markSaved, modelOf, replaceText } from './document-models.ts';
import { findDocument, patchDocument, useDocuments } from './documents-store.ts';

/** A file changed on disk: a clean tab shows the new text, a changed one asks. */
async function meetDisk(path: string, version: string | undefined): Promise<void> {
  const entry = modelOf(path);
  if (!entry) return;
  // Our own write also comes back as a change; its answer tells the version.
  await entry.saving?.catch(() => undefined);
  if (version === entry.version) return;
  if (version === undefined) {
    patchDocument(path, { disagreement: { kind: 'deleted' } });
    return;
  }
  const theirs = await workbench.call('workspace.read', { path });
  const open = findDocument(path);
  if (!open || theirs.version === entry.version) return;
  if (theirs.text === entry.model.getValue()) {
    markSaved(path, entry, theirs.version, entry.model.getAlternativeVersionId());
  } else if (open.dirty) {
    patchDocument(path, { disagreement: { kind: 'changed', theirs } });
  } else {
    replaceText(entry, theirs.text);
    markSaved(path, entry, theirs.version, entry.model.getAlternativeVersionId());
  }
}

/** Looks at every open file again: a watcher may miss what another program did. */
async function lookAgain(): Promise<void> {
  for (const { path, recorded } of useDocuments.getState().documents) {
    if (recorded) continue;
    try {
      const file = await workbench.call('workspace.read', { path });
      await meetDisk(path, file.version);
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'not-found';
      // Anything else is told elsewhere: the connection by its banner, a refusal when it is saved.
      if (isGone) await meetDisk(path, undefined);
    }
  }
}

/** Keeps open files in step with the disk. */
export function followDisk(): void {
  window.addEventListener('focus', () => {
    void lookAgain();
  });
  workbench.on('fileChanged', ({ path, version }) => {
    meetDisk(path, version).catch(() => {
      // It went away again between the event and the read; another event tells so.
    });
  });
}
