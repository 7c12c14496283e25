import type { Diagnostic } from '../../electron/bridge/contract.ts';
import { modelOf } from '../editor/document-models.ts';
import { monaco } from '../editor/monaco.ts';

const severities = {
  1: monaco.MarkerSeverity.Error,
  2: monaco.MarkerSeverity.Warning,
  3: monaco.MarkerSeverity.Info,
  4: monaco.MarkerSeverity.Hint,
} as const;

export function rangeOf({ start, end }: Diagnostic['range']): monaco.IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

export function uriOf(path: string): monaco.Uri {
  return monaco.Uri.from({ scheme: 'workspace', path: `/${path}` });
}

/** Marks the places in an open file; those that `owner` marked before are gone. */
export function mark(owner: string, path: string, diagnostics: readonly Diagnostic[]): void {
  const model = modelOf(path)?.model;
  if (!model) return;
  monaco.editor.setModelMarkers(
    model,
    owner,
    diagnostics.map(({ range, severity, message, code, href, tags, related }) => ({
      ...rangeOf(range),
      severity: severities[severity],
      message,
      code: href === undefined ? code : { value: code, target: monaco.Uri.parse(href) },
      ...(tags === undefined ? {} : { tags: [...tags] }),
      ...(related === undefined
        ? {}
        : {
            relatedInformation: related.map((place) => ({
              ...rangeOf(place.range),
              resource: uriOf(place.file),
              message: place.message,
            })),
          }),
    })),
  );
}
