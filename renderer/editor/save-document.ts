import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { markSaved, modelOf, type DocumentModel } from './document-models.ts';
import { findDocument, patchDocument } from './documents-store.ts';

type BeforeSave = (path: string, entry: DocumentModel) => Promise<void>;
const beforeSave: BeforeSave[] = [];

/** Lets a feature change the text before it is written. What it throws is not told: saving goes on. */
export function onBeforeSave(action: BeforeSave): void {
  beforeSave.push(action);
}

/**
 * Writes a file's text to disk if the disk still has what ours is based on; else the tab shows the
 * disagreement and nothing is overwritten.
 *
 * @param over the version that may be overwritten, when the person chose to keep theirs
 */
export async function saveDocument(path: string, over?: string): Promise<void> {
  const entry = modelOf(path);
  if (!entry || findDocument(path)?.recorded) return;
  if (entry.saving) await entry.saving;
  entry.saving = write(path, over);
  try {
    await entry.saving;
  } finally {
    entry.saving = undefined;
  }
}

async function write(path: string, over: string | undefined): Promise<void> {
  const entry = modelOf(path);
  if (!entry) return;
  for (const action of beforeSave) await action(path, entry).catch(() => undefined);
  const state = entry.model.getAlternativeVersionId();
  const text = entry.model.getValue();
  const version = over ?? entry.version;
  try {
    const answer = await workbench.call('workspace.write', { path, text, version });
    if (answer.result === 'written' || answer.file.text === text) {
      markSaved(path, entry, answer.file.version, state);
    } else {
      patchDocument(path, { disagreement: { kind: 'changed', theirs: answer.file } });
    }
  } catch (error) {
    notify(`${path} is not saved. ${sentenceOf(error)}`, 'fail');
  }
}
