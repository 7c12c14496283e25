import type { FoundFile } from '../../electron/bridge/search.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { modelOf } from '../editor/document-models.ts';
import { monaco } from '../editor/monaco.ts';
import { addDocument } from '../editor/open-document.ts';
import { notify } from '../shell/notices-store.ts';
import { formatQuantity } from '../wording/quantities.ts';
import { useSearch } from './search-store.ts';

/** What is changed is open afterwards, unsaved, for everybody to see and to take back. */
export async function replaceFound(files: readonly FoundFile[]): Promise<void> {
  const { text, replacement, matchCase } = useSearch.getState();
  const alike = (found: string): boolean =>
    matchCase ? found === text : found.toLowerCase() === text.toLowerCase();
  let replaced = 0;
  try {
    for (const { path, places } of files) {
      if (!modelOf(path)) addDocument(await workbench.call('workspace.read', { path }));
      const model = modelOf(path)?.model;
      if (model === undefined) continue;
      const edits = places
        .map(({ line, column, length }) => ({
          range: new monaco.Range(line, column, line, column + length),
          text: replacement,
        }))
        // Another text is there by now.
        .filter(({ range }) => alike(model.getValueInRange(range)));
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
