/** The text that a finished run ran, where the file holds another one by now: to be read only. */
import { closeDocument } from '../../editor/close-document.ts';
import { createModel, modelOf } from '../../editor/document-models.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { askToShow } from '../../editor/open-document.ts';
import { currentClient } from '../session/current-client.ts';

const folder = 'as it was run/';

/** Under which name the recorded text of a file is open. */
export function recordedPath(file: string): string {
  return folder + file;
}

/**
 * Opens it in a tab of its own.
 *
 * @param reference the adapter's number of the text (DAP, "Source": `sourceReference`)
 * @returns whether it is open now
 */
export async function openRecordedText(path: string, reference: number): Promise<boolean> {
  const isWanted = askToShow();
  if (!modelOf(path)) {
    const client = currentClient();
    if (!client) return false;
    const { content } = await client.request('source', { sourceReference: reference });
    if (client !== currentClient()) return false;
    if (!modelOf(path)) addRecorded(path, content);
  }
  if (!isWanted()) return false;
  useDocuments.setState({ active: path });
  return true;
}

function addRecorded(path: string, text: string): void {
  createModel({ path, text, version: '' });
  useDocuments.setState(({ documents }) => ({
    documents: [...documents, { path, dirty: false, recorded: true }],
  }));
}

/** The session is over: what it ran is not looked at any more. */
export function closeRecordedTexts(): void {
  for (const { path, recorded } of useDocuments.getState().documents) {
    if (recorded) closeDocument(path);
  }
}
