import { goToLocation } from '../editor/go-to-location.ts';
import { monaco } from '../editor/monaco.ts';
import { codeLensProvider, registerLensCommands } from './code-lenses.ts';
import { completionProvider } from './completion-provider.ts';
import { formattingProvider, startFormatting } from './formatting.ts';
import { hoverProvider, signatureProvider } from './hover-provider.ts';
import { quickFixProvider, registerSilence } from './quick-fixes.ts';
import {
  foldingProvider,
  followRunHints,
  inlayHintsProvider,
  semanticTokensProvider,
} from './text-providers.ts';
import {
  definitionProvider,
  outlineProvider,
  referenceProvider,
  renameProvider,
} from './symbol-providers.ts';

/** Gives the editor what is known of policies, and of the data files of KumoMTA's helpers. */
export function startLanguageFeatures(): void {
  const { languages } = monaco;
  const analysed = ['lua', 'toml', 'json'];
  languages.registerCompletionItemProvider(analysed, completionProvider);
  languages.registerHoverProvider(analysed, hoverProvider);
  languages.registerSignatureHelpProvider('lua', signatureProvider);
  languages.registerDefinitionProvider('lua', definitionProvider);
  languages.registerReferenceProvider('lua', referenceProvider);
  languages.registerRenameProvider('lua', renameProvider);
  languages.registerDocumentSymbolProvider(analysed, outlineProvider);
  languages.registerCodeActionProvider(analysed, quickFixProvider);
  languages.registerCodeLensProvider('lua', codeLensProvider);
  languages.registerDocumentFormattingEditProvider('lua', formattingProvider);
  startFormatting();
  followRunHints();
  languages.registerDocumentSemanticTokensProvider('lua', semanticTokensProvider);
  languages.registerFoldingRangeProvider('lua', foldingProvider);
  languages.registerInlayHintsProvider('lua', inlayHintsProvider);
  registerSilence();
  registerLensCommands();
  monaco.editor.registerEditorOpener({
    openCodeEditor(_source, resource, target) {
      if (resource.scheme !== 'workspace') return false;
      const line =
        target === undefined
          ? 1
          : 'lineNumber' in target
            ? target.lineNumber
            : target.startLineNumber;
      const column =
        target === undefined ? 1 : 'column' in target ? target.column : target.startColumn;
      void goToLocation({ file: resource.path.slice(1), line, column });
      return true;
    },
  });
}
