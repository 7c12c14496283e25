/** Which texts on the screen are not those that run: their lines must not be taken for its lines. */
import { workbench } from '../../bridge/workbench-bridge.ts';
import { modelOf, onTextChange } from '../../editor/document-models.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { useSession, type Debuggee } from './session-store.ts';

/** What each file held when the run began, as far as it was seen. */
let runs = new Map<string, string>();

function compare(file: string, text: string): void {
  const ran = runs.get(file);
  if (ran === undefined) {
    runs.set(file, text);
    return;
  }
  const { changedFiles } = useSession.getState();
  const isChanged = text !== ran;
  if (isChanged === changedFiles.includes(file)) return;
  useSession.setState({
    changedFiles: isChanged
      ? [...changedFiles, file]
      : changedFiles.filter((other) => other !== file),
  });
}

function compareOpen(): void {
  for (const { path } of useDocuments.getState().documents) {
    const text = modelOf(path)?.model.getValue();
    if (text !== undefined && path.endsWith('.lua')) compare(path, text);
  }
}

/** A recording keeps the bytes of its files as latin1 text. */
function decoded(latin1: string): string {
  return new TextDecoder().decode(Uint8Array.from(latin1, (sign) => sign.charCodeAt(0)));
}

async function readRecorded(deliveryId: number): Promise<void> {
  const { entries } = await workbench.call('deliveries.recording', { id: deliveryId });
  for (const entry of entries) {
    if (entry.kind === 'file') runs.set(entry.path, decoded(entry.text));
  }
}

/** A session begins: remembers the texts that it runs. */
export async function noteRunTexts(debuggee: Debuggee): Promise<void> {
  runs = new Map();
  if (debuggee.kind === 'delivery') await readRecorded(debuggee.deliveryId);
  compareOpen();
}

export function followChangedFiles(): void {
  onTextChange((path, text) => {
    if (useSession.getState().phase !== 'none' && path.endsWith('.lua')) compare(path, text);
  });
}
