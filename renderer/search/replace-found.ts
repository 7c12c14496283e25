import type { FoundFile, FoundPlace } from '../../electron/bridge/search.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { modelOf } from '../editor/document-models.ts';
import { monaco } from '../editor/monaco.ts';
import { addDocument } from '../editor/open-document.ts';
import { notify } from '../shell/notices-store.ts';
import { formatQuantity } from '../wording/quantities.ts';
import { replacementAt } from './replacement.ts';
import { useSearch } from './search-store.ts';

/** What is changed is open afterwards, unsaved, for everybody to see and to take back. */
export async function replaceFound(files: readonly FoundFile[]): Promise<void> {
  const { answer, replacement, regularExpression: hasGroups } = useSearch.getState();
  const pattern = answer?.pattern;
  if (pattern === undefined) return;
  const editOf = (model: monaco.editor.ITextModel, place: FoundPlace) => {
    const { line, column, length } = place;
    // The file may be shorter by now.
    if (line > model.getLineCount()) return [];
    const text = replacementAt(model.getLineContent(line), place, {
      pattern,
      replacement,
      hasGroups,
    });
    if (text === undefined) return [];
    return [{ range: new monaco.Range(line, column, line, column + length), text }];
  };
  let replaced = 0;
  try {
    for (const { path, places } of files) {
      if (!modelOf(path)) addDocument(await workbench.call('workspace.read', { path }));
      const model = modelOf(path)?.model;
      if (model === undefined) continue;
      const edits = places.flatMap((place) => editOf(model, place));
      model.pushStackElement();
      model.pushEditOperations([], edits, () => null);
      model.pushStackElement();
      replaced += edits.length;
    }
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
  notify(
    `${formatQuantity(replaced, 'place')} replaced in ${formatQuantity(files.length, 'file')}. Nothing is saved yet: save each, or take it back with Ctrl+Z.`,
    'info',
  );
}
