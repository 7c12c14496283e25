import type { TextFile } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { createModel, modelOf } from './document-models.ts';
import { findDocument, useDocuments } from './documents-store.ts';
import { readUnsaved } from './unsaved-cache.ts';

const opening = new Map<string, Promise<boolean>>();

/** Grows with every file that is to be shown. */
let asks = 0;

/**
 * To be called when a file is asked for. Reading takes its time, and of two files the one that was
 * asked for later is shown.
 *
 * @returns tells whether nothing else was asked for since
 */
export function askToShow(): () => boolean {
  asks += 1;
  const mine = asks;
  return () => mine === asks;
}

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
  const root = useWorkspace.getState().workspace?.root;
  try {
    const file = await workbench.call('workspace.read', { path });
    // Of the folder before, while another is open by now.
    if (useWorkspace.getState().workspace?.root !== root) return false;
    addDocument(file);
    return true;
  } catch (error) {
    notify(sentenceOf(error), 'fail');
    return false;
  }
}

/**
 * Opens a file of the workspace in a tab, or goes to its tab.
 *
 * @param isWanted still, when it was read; default: unless another was asked for since
 * @returns whether it is shown now; when not, the person was told why or has asked for another
 */
export async function openDocument(path: string, isWanted = askToShow()): Promise<boolean> {
  if (!modelOf(path)) {
    const reading = opening.get(path) ?? readDocument(path);
    opening.set(path, reading);
    const read = await reading;
    opening.delete(path);
    if (!read) return false;
  }
  if (!isWanted()) return false;
  useDocuments.setState({ active: path });
  return true;
}
