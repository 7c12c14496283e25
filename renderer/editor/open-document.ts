import type { TextFile } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { createModel, modelOf } from './document-models.ts';
import { findDocument, useDocuments } from './documents-store.ts';
import { readUnsaved } from './unsaved-cache.ts';

const opening = new Map<string, Promise<boolean>>();

/** Adds the tab of a file that was read, with the unsaved text of an earlier session if there is one. */
export function addDocument(file: TextFile): void {
  if (findDocument(file.path)) return;
  const unsaved = readUnsaved(file.path);
  const isUnsaved = unsaved !== undefined && unsaved.text !== file.text;
  createModel(file, isUnsaved ? unsaved : undefined);
  useDocuments.setState(({ documents }) => ({
    documents: [
      ...documents,
      {
        path: file.path,
        dirty: isUnsaved,
        ...(isUnsaved && unsaved.version !== file.version
          ? { disagreement: { kind: 'changed', theirs: file } }
          : {}),
      },
    ],
  }));
}

async function readDocument(path: string): Promise<boolean> {
  try {
    addDocument(await workbench.call('workspace.read', { path }));
    return true;
  } catch (error) {
    notify(sentenceOf(error), 'fail');
    return false;
  }
}

/**
 * Opens a file of the workspace in a tab, or goes to its tab.
 *
 * @returns whether it is open now; when not, the person was told why
 */
export async function openDocument(path: string): Promise<boolean> {
  if (!modelOf(path)) {
    const reading = opening.get(path) ?? readDocument(path);
    opening.set(path, reading);
    const read = await reading;
    opening.delete(path);
    if (!read) return false;
  }
  useDocuments.setState({ active: path });
  return true;
}
