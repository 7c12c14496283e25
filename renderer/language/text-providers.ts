/** What the editor shows in a whole text: colours by meaning, folds, hints. */
import type { SemanticTokenModifiers, SemanticTokenTypes } from '../../electron/bridge/language.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { monaco } from '../editor/monaco.ts';
import { askLanguage, lspPosition, pathOf } from './ask-language.ts';

// The service's legends, in its order: the compiler compares them.
const tokenTypes: SemanticTokenTypes = ['namespace', 'function', 'method', 'parameter', 'event'];
const tokenModifiers: SemanticTokenModifiers = ['declaration', 'deprecated', 'defaultLibrary'];

export const semanticTokensProvider: monaco.languages.DocumentSemanticTokensProvider = {
  getLegend: () => ({
    tokenTypes: [...tokenTypes],
    tokenModifiers: [...tokenModifiers],
  }),
  async provideDocumentSemanticTokens(model) {
    const path = pathOf(model);
    if (path === undefined) return undefined;
    const answer = await askLanguage<'semanticTokens'>({ method: 'semanticTokens', path }, model);
    // Without an answer the colours stay as they are.
    return answer && { data: Uint32Array.from(answer.data) };
  },
  releaseDocumentSemanticTokens: () => undefined,
};

export const foldingProvider: monaco.languages.FoldingRangeProvider = {
  async provideFoldingRanges(model) {
    const path = pathOf(model);
    if (path === undefined) return undefined;
    const found = await askLanguage<'foldingRange'>({ method: 'foldingRange', path }, model);
    const { Comment, Region } = monaco.languages.FoldingRangeKind;
    return found?.map(({ startLine, endLine, kind }) => ({
      start: startLine + 1,
      end: endLine + 1,
      ...(kind === undefined ? {} : { kind: kind === 'comment' ? Comment : Region }),
    }));
  },
};

const kinds = {
  1: monaco.languages.InlayHintKind.Type,
  2: monaco.languages.InlayHintKind.Parameter,
} as const;

const hintsChanged = new monaco.Emitter<void>();

/** What a run did stands in the text as soon as it is known. */
export function followRunHints(): void {
  workbench.on('runRead', () => hintsChanged.fire());
  workbench.on('run', ({ state }) => {
    if (state !== 'running') hintsChanged.fire();
  });
}

export const inlayHintsProvider: monaco.languages.InlayHintsProvider = {
  onDidChangeInlayHints: hintsChanged.event,
  async provideInlayHints(model, range) {
    const path = pathOf(model);
    if (path === undefined) return { hints: [], dispose: () => undefined };
    const asked = {
      start: lspPosition({ lineNumber: range.startLineNumber, column: range.startColumn }),
      end: lspPosition({ lineNumber: range.endLineNumber, column: range.endColumn }),
    };
    const found = await askLanguage<'inlayHint'>(
      { method: 'inlayHint', path, range: asked },
      model,
    );
    const hints = (found ?? []).map(({ position, label, kind }) => ({
      position: { lineNumber: position.line + 1, column: position.character + 1 },
      label,
      kind: kinds[kind],
      paddingRight: kind === 2,
    }));
    return { hints, dispose: () => undefined };
  },
};
