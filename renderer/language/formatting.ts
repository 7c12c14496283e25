/** Writes Lua in KumoMTA's style: when it is asked for, and on saving where that is wanted. */
import { modelOf, type DocumentModel } from '../editor/document-models.ts';
import { monaco } from '../editor/monaco.ts';
import { onBeforeSave } from '../editor/save-document.ts';
import { rangeOf } from '../problems/markers.ts';
import { useSettings } from '../settings/settings-store.ts';
import { notify } from '../shell/notices-store.ts';
import { askLanguage, pathOf } from './ask-language.ts';

/** The edits, or why there are none, as a sentence. */
async function editsOf(
  path: string,
  model: monaco.editor.ITextModel,
): Promise<monaco.languages.TextEdit[] | string> {
  const answer = await askLanguage<'formatting'>({ method: 'formatting', path }, model);
  if (answer === undefined) return 'The analysis does not answer now; try again.';
  if ('problem' in answer) return answer.problem;
  return answer.edits.map(({ range, newText }) => ({ range: rangeOf(range), text: newText }));
}

export const formattingProvider: monaco.languages.DocumentFormattingEditProvider = {
  displayName: "KumoMTA's style",
  async provideDocumentFormattingEdits(model) {
    const path = pathOf(model);
    if (path === undefined) return [];
    const edits = await editsOf(path, model);
    if (typeof edits !== 'string') return edits;
    notify(edits, 'fail');
    return [];
  },
};

/** A text that cannot be formatted is saved as it is. */
async function formatBeforeSave(path: string, { model }: DocumentModel): Promise<void> {
  if (!path.endsWith('.lua') || useSettings.getState().settings?.formatOnSave !== true) return;
  const version = model.getVersionId();
  const edits = await editsOf(path, model);
  if (typeof edits === 'string' || edits.length === 0) return;
  // Typed meanwhile: what was answered is about another text.
  if (modelOf(path)?.model !== model || model.getVersionId() !== version) return;
  model.pushStackElement();
  model.pushEditOperations([], edits, () => null);
  model.pushStackElement();
}

/** Shift+Alt+F formats, as does saving where that is wanted. */
export function startFormatting(): void {
  const { KeyCode, KeyMod } = monaco;
  // On Linux the editor's own key for it opens the developer tools of browsers.
  monaco.editor.addKeybindingRule({
    keybinding: KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF,
    command: 'editor.action.formatDocument',
    when: 'editorTextFocus && !editorReadonly',
  });
  onBeforeSave(formatBeforeSave);
}
