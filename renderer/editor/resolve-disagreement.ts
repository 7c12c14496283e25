import { markSaved, modelOf, replaceText } from './document-models.ts';
import { findDocument } from './documents-store.ts';
import { saveDocument } from './save-document.ts';

/** Writes our text over what another program wrote. */
export async function keepMine(path: string): Promise<void> {
  const entry = modelOf(path);
  const disagreement = findDocument(path)?.disagreement;
  if (!entry || !disagreement) return;
  if (disagreement.kind === 'deleted') entry.version = undefined;
  await saveDocument(
    path,
    disagreement.kind === 'changed' ? disagreement.theirs.version : undefined,
  );
}

/** Takes the text on disk; ours stays one Undo away. */
export function takeTheirs(path: string): void {
  const entry = modelOf(path);
  const disagreement = findDocument(path)?.disagreement;
  if (!entry || disagreement?.kind !== 'changed') return;
  replaceText(entry, disagreement.theirs.text);
  markSaved(path, entry, disagreement.theirs.version, entry.model.getAlternativeVersionId());
}
