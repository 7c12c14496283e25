import type { DocumentSymbol, Location } from '../../electron/bridge/language.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { modelOf } from '../editor/document-models.ts';
import { monaco } from '../editor/monaco.ts';
import { addDocument } from '../editor/open-document.ts';
import { rangeOf, uriOf } from '../problems/markers.ts';
import { askAt, askLanguage, lspPosition, pathOf } from './ask-language.ts';

/** Makes a file's text known to Monaco, which shows and changes only what it has. */
async function ensureOpen(path: string): Promise<void> {
  if (modelOf(path)) return;
  addDocument(await workbench.call('workspace.read', { path }));
}

async function locations(found: readonly Location[]): Promise<monaco.languages.Location[]> {
  await Promise.all([...new Set(found.map(({ file }) => file))].map(ensureOpen));
  return found.map(({ file, range }) => ({ uri: uriOf(file), range: rangeOf(range) }));
}

export const definitionProvider: monaco.languages.DefinitionProvider = {
  async provideDefinition(model, position, token) {
    const found = (await askAt('definition', model, position, token)) ?? [];
    return found.map(({ file, range }) => ({ uri: uriOf(file), range: rangeOf(range) }));
  },
};

export const referenceProvider: monaco.languages.ReferenceProvider = {
  async provideReferences(model, position, _context, token) {
    return locations((await askAt('references', model, position, token)) ?? []);
  },
};

export const renameProvider: monaco.languages.RenameProvider = {
  async resolveRenameLocation(model, position) {
    const found = await askAt('prepareRename', model, position);
    if (found === undefined || 'problem' in found) {
      return {
        range: monaco.Range.fromPositions(position),
        text: '',
        rejectReason: found?.problem ?? 'The analysis does not answer now; try again.',
      };
    }
    return { range: rangeOf(found.range), text: found.placeholder };
  },
  async provideRenameEdits(model, position, newName) {
    const path = pathOf(model);
    if (path === undefined) return { edits: [] };
    const answer = await askLanguage<'rename'>(
      { method: 'rename', path, position: lspPosition(position), newName },
      model,
    );
    if (answer === undefined || 'problem' in answer) {
      const rejectReason = answer?.problem ?? 'The analysis does not answer now; try again.';
      return { edits: [], rejectReason };
    }
    // What is changed is open afterwards, unsaved, for everybody to see.
    await Promise.all([...new Set(answer.edits.map(({ file }) => file))].map(ensureOpen));
    return {
      edits: answer.edits.map(({ file, range, newText }) => ({
        resource: uriOf(file),
        versionId: undefined,
        textEdit: { range: rangeOf(range), text: newText },
      })),
    };
  },
};

const Kind = monaco.languages.SymbolKind;
const kinds: Readonly<Record<DocumentSymbol['kind'], monaco.languages.SymbolKind>> = {
  6: Kind.Method,
  8: Kind.Field,
  12: Kind.Function,
  13: Kind.Variable,
  24: Kind.Event,
};

function symbolOf(symbol: DocumentSymbol): monaco.languages.DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail ?? '',
    kind: kinds[symbol.kind],
    tags: [],
    range: rangeOf(symbol.range),
    selectionRange: rangeOf(symbol.selectionRange),
    children: symbol.children.map(symbolOf),
  };
}

export const outlineProvider: monaco.languages.DocumentSymbolProvider = {
  async provideDocumentSymbols(model) {
    const path = pathOf(model);
    if (path === undefined) return [];
    const found = await askLanguage<'documentSymbol'>({ method: 'documentSymbol', path }, model);
    return (found ?? []).map(symbolOf);
  },
};
