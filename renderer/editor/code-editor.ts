import { monaco } from './monaco.ts';

let editor: monaco.editor.IStandaloneCodeEditor | undefined;
const waiting: ((editor: monaco.editor.IStandaloneCodeEditor) => void)[] = [];

/** The one code editor of the window, once it is on the page. */
export function whenEditorIsThere(
  action: (editor: monaco.editor.IStandaloneCodeEditor) => void,
): void {
  if (editor) action(editor);
  else waiting.push(action);
}

/** Gives the focus to the text, for instance when what had it is gone. */
export function focusEditor(): void {
  whenEditorIsThere((created) => created.focus());
}

export function createCodeEditor(container: HTMLElement, fontSize: number): () => void {
  const created = monaco.editor.create(container, {
    model: null,
    automaticLayout: true,
    ariaLabel: 'Policy text',
    fontFamily: "'JetBrains Mono', ui-monospace, monospace",
    fontLigatures: false,
    fontSize,
    lineHeight: 20 / 13,
    glyphMargin: true,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 14,
    // Dimmed, as is the default, the last line's number is too faint to read.
    renderFinalNewline: 'on',
    minimap: { enabled: false },
    padding: { top: 6, bottom: 24 },
    scrollBeyondLastLine: false,
    smoothScrolling: false,
    renderLineHighlight: 'all',
    renderLineHighlightOnlyWhenFocus: true,
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: true,
    stickyScroll: { enabled: false },
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    fixedOverflowWidgets: true,
    guides: { indentation: true, bracketPairs: false },
    bracketPairColorization: { enabled: false },
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    occurrencesHighlight: 'singleFile',
    quickSuggestions: { other: true, strings: true, comments: false },
    suggest: { insertMode: 'replace', showWords: false },
    suggestLineHeight: 22,
    acceptSuggestionOnCommitCharacter: false,
    // A list of words that happen to be in the file is noise.
    wordBasedSuggestions: 'off',
    links: false,
    'semanticHighlighting.enabled': true,
    foldingStrategy: 'auto',
    inlayHints: { enabled: 'off', fontSize: 11, padding: false },
    codeLensFontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
    codeLensFontSize: 11,
  });
  editor = created;
  for (const action of waiting.splice(0)) action(created);
  // Column positions are measured with whatever font is there; measure again with the real one.
  void document.fonts.ready.then(() => monaco.editor.remeasureFonts());
  return () => {
    editor = undefined;
    created.dispose();
  };
}
