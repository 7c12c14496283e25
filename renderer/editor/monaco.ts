/** Monaco with Lua and only those features that do something here. */
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codelens/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/format/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/inlayHints/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/features/documentSymbols/register';
import 'monaco-editor/features/quickOutline/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/rename/register';
import 'monaco-editor/features/referenceSearch/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/gotoSymbol/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/languages/definitions/lua/register';
// The feature `suggest` registers only its inline form; the list comes with its controller.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
// The feature `semanticTokens` registers only providers of what is on the screen.
import 'monaco-editor/editor/contrib/semanticTokens/browser/documentSemanticTokens';
import './data-languages/register.ts';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

export { monaco };
