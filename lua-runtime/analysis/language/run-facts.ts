/** What the newest run did on the lines of a text: values that names took, parts of conditions it went into. */
import type { FileCoverage } from '../../debugger/run-reading.ts';
import type { LastRun } from '../last-run.ts';
import { LineMap } from '../line-map.ts';
import type { InlayHint } from '../lsp-types.ts';
import { pathTo, walk } from '../syntax/walk.ts';
import type { SourceFile } from '../values/source-file.ts';

/** So many values are told beside a line; the mouse tells the others. */
const MOST_VALUES = 3;
const MOST_CHARACTERS = 60;

/** Undefined where nothing was read of the run, or where it ran another text. */
function factsOf(file: SourceFile, lastRun: LastRun | undefined): FileCoverage | undefined {
  if (lastRun?.texts[file.path] !== file.text) return undefined;
  return lastRun.files?.find((each) => each.file === file.path);
}

/** The values that the name at an offset took on its line, as Lua writes them; the newest last. */
export function valuesInLastRun(
  file: SourceFile,
  lastRun: LastRun | undefined,
  offset: number,
): string | undefined {
  const facts = factsOf(file, lastRun);
  const node = pathTo(file.chunk, offset).at(-1);
  if (facts === undefined || node?.kind !== 'Name') return undefined;
  const line = new LineMap(file.text).position(node.start).line + 1;
  const taken = facts.values?.find((each) => each.line === line && each.name === node.name);
  if (taken === undefined) return undefined;
  const before = taken.more > 0 ? `${taken.more} more, ` : '';
  return `${node.name} = ${before}${taken.values.join(', ')}`;
}

/** Behind each `then`: whether the run went into what follows, and with which values. */
export function branchHints(file: SourceFile, lastRun: LastRun | undefined): InlayHint[] {
  const facts = factsOf(file, lastRun);
  if (facts === undefined) return [];
  const lines = new LineMap(file.text);
  const hits = new Map(facts.lines.map((each) => [each.line, each.hits]));
  const found: InlayHint[] = [];
  walk(file.chunk, (node) => {
    if (node.kind !== 'If') return true;
    for (const { condition, body } of node.clauses) {
      const [first] = body.statements;
      const conditionLine = lines.position(condition.end).line + 1;
      const bodyLine = first && lines.position(first.start).line + 1;
      // On one line the two cannot be told apart.
      if (bodyLine === undefined || bodyLine === conditionLine) continue;
      if ((hits.get(conditionLine) ?? 0) === 0) continue;
      const isTaken = (hits.get(bodyLine) ?? 0) > 0;
      const values = valuesOn(facts, conditionLine);
      const label = `  ${isTaken ? 'taken' : 'not taken'}${values}`;
      const end = lineEnd(file.text, first?.start ?? 0, condition.end);
      found.push({ position: lines.position(end), label, kind: 1 });
    }
    return true;
  });
  return found;
}

function valuesOn({ values }: FileCoverage, line: number): string {
  const told = (values ?? [])
    .filter((each) => each.line === line && each.values.every((value) => !value.includes('{')))
    .map((each) => {
      const shown = each.values.slice(-MOST_VALUES);
      const more = each.more + each.values.length - shown.length;
      return `${each.name} = ${more > 0 ? `${more} more, ` : ''}${shown.join(', ')}`;
    })
    .join('; ');
  if (told === '') return '';
  return `: ${told.length > MOST_CHARACTERS ? `${told.slice(0, MOST_CHARACTERS)}…` : told}`;
}

/** The end of the line that a condition ends on, before what comes behind it. */
function lineEnd(text: string, before: number, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 || end > before ? from : end;
}
