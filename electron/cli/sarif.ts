/** Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show at their lines. */
import {
  DOCUMENTATION,
  documentationUrl,
} from '../../lua-runtime/analysis/catalogue/documentation-url.ts';
import type { Diagnostic } from '../bridge/workspace.ts';

const LEVELS = { 1: 'error', 2: 'warning', 3: 'note', 4: 'note' } as const;

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
        results: diagnostics.map(({ file, range, severity, code, message }) => ({
          ruleId: code,
          ruleIndex: codes.indexOf(code),
          level: LEVELS[severity],
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file.replaceAll('\\', '/') },
                region: {
                  startLine: range.start.line + 1,
                  startColumn: range.start.character + 1,
                  endLine: range.end.line + 1,
                  endColumn: range.end.character + 1,
                },
              },
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function helpOf(code: string, diagnostics: readonly Diagnostic[]): string {
  const page = diagnostics.find((each) => each.code === code && each.page !== undefined)?.page;
  return page === undefined ? DOCUMENTATION : documentationUrl(page);
}
