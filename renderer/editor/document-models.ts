import type { TextFile } from '../../electron/bridge/contract.ts';
import { changedPart } from './changed-part.ts';
import { monaco } from './monaco.ts';
import { patchDocument } from './documents-store.ts';
import { forgetUnsaved, rememberUnsaved, type UnsavedText } from './unsaved-cache.ts';

/** The parts of an open file that change with every key and must not go through React. */
export interface DocumentModel {
  readonly model: monaco.editor.ITextModel;
  /** Hash of the text on disk that ours is based on; undefined when the file is not on disk. */
  version: string | undefined;
  /** Monaco's number of the state that equals the disk's. */
  savedState: number;
  viewState?: monaco.editor.ICodeEditorViewState;
  /** A save that is on its way. */
  saving?: Promise<void>;
}

const models = new Map<string, DocumentModel>();
const textListeners = new Set<(path: string, text: string) => void>();

export function modelOf(path: string): DocumentModel | undefined {
  return models.get(path);
}

/** Tells after every change of an open file's text, and once when it is opened. */
export function onTextChange(listener: (path: string, text: string) => void): () => void {
  textListeners.add(listener);
  return () => textListeners.delete(listener);
}

const languages: Record<string, string> = { lua: 'lua', toml: 'toml', json: 'json' };

function tellText(path: string, model: monaco.editor.ITextModel): void {
  const text = model.getValue();
  for (const listener of textListeners) listener(path, text);
}

/**
 * Makes the model of a file that was read.
 *
 * @param unsaved text of an earlier session that was never written
 */
export function createModel(file: TextFile, unsaved?: UnsavedText): DocumentModel {
  const extension = file.path.slice(file.path.lastIndexOf('.') + 1);
  const uri = monaco.Uri.from({ scheme: 'workspace', path: `/${file.path}` });
  monaco.editor.getModel(uri)?.dispose();
  const model = monaco.editor.createModel(file.text, languages[extension] ?? 'plaintext', uri);
  // The tokens colour brackets as text; rainbow brackets would be colours without a meaning here.
  model.updateOptions({
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  const entry: DocumentModel = {
    model,
    // Unsaved text stays based on what it was based on, so that a save cannot overwrite unasked.
    version: unsaved ? unsaved.version : file.version,
    savedState: model.getAlternativeVersionId(),
  };
  models.set(file.path, entry);
  model.onDidChangeContent(() => {
    const dirty = model.getAlternativeVersionId() !== entry.savedState;
    patchDocument(file.path, { dirty });
    if (dirty) rememberUnsaved(file.path, model.getValue(), entry.version);
    else forgetUnsaved(file.path);
    tellText(file.path, model);
  });
  if (unsaved) replaceText(entry, unsaved.text);
  queueMicrotask(() => {
    if (!model.isDisposed()) tellText(file.path, model);
  });
  return entry;
}

/**
 * Replaces the text as one step that Undo takes back. Only what differs is touched, so that what
 * hangs on the lines around it (breakpoints, the cursor) stays.
 */
export function replaceText(entry: DocumentModel, text: string): void {
  const { model } = entry;
  const part = changedPart(model.getValue(), text);
  if (!part) return;
  const range = monaco.Range.fromPositions(
    model.getPositionAt(part.start),
    model.getPositionAt(part.end),
  );
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: part.text }], () => null);
  model.pushStackElement();
}

/** Our text now equals what is on disk under `version`. */
export function markSaved(
  path: string,
  entry: DocumentModel,
  version: string,
  state: number,
): void {
  entry.version = version;
  entry.savedState = state;
  const dirty = entry.model.getAlternativeVersionId() !== state;
  patchDocument(path, { dirty, disagreement: undefined });
  if (dirty) rememberUnsaved(path, entry.model.getValue(), version);
  else forgetUnsaved(path);
}

export function disposeModel(path: string): void {
  models.get(path)?.model.dispose();
  models.delete(path);
}

export function disposeAllModels(): void {
  for (const path of [...models.keys()]) disposeModel(path);
}
