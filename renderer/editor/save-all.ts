import { notify } from '../shell/notices-store.ts';
import { useDocuments } from './documents-store.ts';
import { saveDocument } from './save-document.ts';

/**
 * Saves what is open: scripts run from the disk, and their lines must be the editor's. Says it when a
 * file could not be saved.
 *
 * @returns whether everything is saved
 */
export async function saveAll(): Promise<boolean> {
  const unsaved = () => useDocuments.getState().documents.filter((open) => open.dirty);
  await Promise.all(unsaved().map(({ path }) => saveDocument(path)));
  const [left] = unsaved();
  if (left === undefined) return true;
  notify(
    `${left.path} is not saved, so its lines are not those that would run. Save it first.`,
    'fail',
  );
  return false;
}
