/** Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show at their lines. */
import {
  DOCUMENTATION,
  documentationUrl,
} from '../../lua-runtime/analysis/catalogue/documentation-url.ts';
import type { Range } from '../../lua-runtime/analysis/analysis-contract.ts';
import type { Diagnostic } from '../bridge/workspace.ts';

const LEVELS = { 1: 'error', 2: 'warning', 3: 'note', 4: 'note' } as const;

type Fix = NonNullable<Diagnostic['fixes']>[number];

/** @param version of the workbench */
export function sarifOf(diagnostics: readonly Diagnostic[], version: string): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kumo-policy-workbench',
            version,
            rules: codes.map((id) => ({ id, helpUri: helpOf(id, diagnostics) })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf(diagnostic: Diagnostic, codes: readonly string[]): object {
  const { severity, code, message, related, fixes } = diagnostic;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: message },
    locations: [locationOf(diagnostic)],
    // "3.27.22 relatedLocations", "3.27.30 fixes"
    ...(related === undefined
      ? {}
      : {
          relatedLocations: related.map((place, id) => ({
            id,
            ...locationOf(place),
            message: { text: place.message },
          })),
        }),
    ...(fixes === undefined ? {} : { fixes: fixes.map(fixOf) }),
  };
}

function locationOf({ file, range }: { readonly file: string; readonly range: Range }): object {
  return { physicalLocation: { artifactLocation: artifactOf(file), region: regionOf(range) } };
}

/** "3.55 fix object": the edits of one file stand together. */
function fixOf({ title, edits }: Fix): object {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifactOf(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ range, newText }) => ({
          deletedRegion: regionOf(range),
          insertedContent: { text: newText },
        })),
    })),
  };
}

function artifactOf(file: string): object {
  return { uri: file.replaceAll('\\', '/') };
}

function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function helpOf(code: string, diagnostics: readonly Diagnostic[]): string {
  const page = diagnostics.find((each) => each.code === code && each.page !== undefined)?.page;
  return page === undefined ? DOCUMENTATION : documentationUrl(page);
}
