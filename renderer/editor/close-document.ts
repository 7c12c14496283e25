import { saveDocument } from './save-document.ts';
import { disposeModel } from './document-models.ts';
import { findDocument, useDocuments } from './documents-store.ts';
import { forgetUnsaved } from './unsaved-cache.ts';

/** Takes a file's tab away. Unsaved text is gone afterwards: ask first (`closing` in the tabs). */
export function closeDocument(path: string): void {
  const { documents, active } = useDocuments.getState();
  const at = documents.findIndex((open) => open.path === path);
  if (at < 0) return;
  const rest = documents.filter((open) => open.path !== path);
  const next = active === path ? (rest[at] ?? rest[at - 1])?.path : active;
  // The editor lets go of the model before it is disposed.
  useDocuments.setState({ documents: rest, active: next });
  forgetUnsaved(path);
  disposeModel(path);
}

/** Saves, then closes; stays open when the disk disagrees. */
export async function saveAndClose(path: string): Promise<void> {
  await saveDocument(path);
  if (findDocument(path)?.dirty === false) closeDocument(path);
}
