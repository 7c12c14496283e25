import type { CompletionItem, CompletionKind } from '../../electron/bridge/language.ts';
import { monaco } from '../editor/monaco.ts';
import { rangeOf } from '../problems/markers.ts';
import { askAt, markdown } from './ask-language.ts';

const Kind = monaco.languages.CompletionItemKind;
const kinds: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
  2: Kind.Method,
  3: Kind.Function,
  5: Kind.Field,
  6: Kind.Variable,
  9: Kind.Module,
  10: Kind.Property,
  12: Kind.Value,
  14: Kind.Keyword,
  20: Kind.EnumMember,
  23: Kind.Event,
};
/** Names that can stand everywhere: not worth a list that nobody asked for. */
const anywhere = new Set<CompletionKind>([6, 14]);
/** Behind these only what the place alone takes is shown by itself. */
const quietTriggers = new Set([' ', ',', '(', '{', '[']);

function suggestionOf(
  item: CompletionItem,
  position: monaco.Position,
): monaco.languages.CompletionItem {
  const range = rangeOf(item.textEdit.range);
  return {
    label: item.label,
    kind: kinds[item.kind],
    insertText: item.textEdit.newText,
    range: {
      insert: {
        ...range,
        endLineNumber: position.lineNumber,
        endColumn: position.column,
      },
      replace: range,
    },
    sortText: item.sortText,
    ...(item.filterText === undefined ? {} : { filterText: item.filterText }),
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.documentation === undefined ? {} : { documentation: markdown(item.documentation) }),
    ...(item.tags === undefined ? {} : { tags: [monaco.languages.CompletionItemTag.Deprecated] }),
    ...(item.textEdit.newText.endsWith(' = ')
      ? // The value of a field can often be chosen too.
        { command: { id: 'editor.action.triggerSuggest', title: 'Choose the value' } }
      : {}),
  };
}

export const completionProvider: monaco.languages.CompletionItemProvider = {
  triggerCharacters: ['.', ':', "'", '"', ...quietTriggers],
  async provideCompletionItems(model, position, context, token) {
    const items = (await askAt('completion', model, position, token)) ?? [];
    const isQuiet = quietTriggers.has(context.triggerCharacter ?? '');
    const shown = isQuiet ? items.filter(({ kind }) => !anywhere.has(kind)) : items;
    return { suggestions: shown.map((item) => suggestionOf(item, position)) };
  },
};
