/** What a check reports, as it is told: places as lines, links to the documentation. */
import type { Finding, Fix, TextEdit } from '../analysis-contract.ts';
import { documentationUrl } from '../catalogue/documentation-url.ts';
import { LineMap } from '../line-map.ts';
import type { FixReport, Report, TextOfFile } from './check.ts';

/** `syntax` is told in the reader's words and cannot be silenced, so it is no code of a check. */
export type Reported = Omit<Report, 'code'> & { readonly code: Report['code'] | 'syntax' };

/** The lines of each file, which are counted once. */
export function linesOfFiles(): (file: TextOfFile) => LineMap {
  const lineMaps = new Map<TextOfFile, LineMap>();
  return (file) => {
    let lines = lineMaps.get(file);
    if (lines === undefined) lineMaps.set(file, (lines = new LineMap(file.text)));
    return lines;
  };
}

/** @param file that the report is about */
export function findingOf(
  { at, severity, code, message, page, deprecated, unnecessary, related, fixes }: Reported,
  file: TextOfFile,
  linesOf: (file: TextOfFile) => LineMap,
): Finding {
  const tags = [
    ...(unnecessary === true ? [1 as const] : []),
    ...(deprecated === true ? [2 as const] : []),
  ];
  return {
    file: file.path,
    range: linesOf(file).range(at),
    severity,
    code,
    message,
    ...(page === undefined ? {} : { page, href: documentationUrl(page) }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(related === undefined
      ? {}
      : {
          related: related.map((each) => ({
            file: each.file.path,
            range: linesOf(each.file).range(each.at),
            message: each.message,
          })),
        }),
    ...(fixes === undefined ? {} : { fixes: fixes.map((fix) => fixOf(fix, file, linesOf(file))) }),
  };
}

function fixOf({ title, preferred, edits }: FixReport, file: TextOfFile, lines: LineMap): Fix {
  const textEdits: TextEdit[] = edits.map(({ at, newText }) => ({
    file: file.path,
    range: lines.range(at),
    newText,
  }));
  return { title, edits: textEdits, ...(preferred === undefined ? {} : { preferred }) };
}
