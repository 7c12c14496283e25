/** Which lines have run, beside their numbers. */
import { modelOf } from '../../editor/document-models.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { monaco } from '../../editor/monaco.ts';
import { useCoverage } from './coverage-store.ts';
import { lineWords, valueLines } from './coverage-words.ts';
import { coveredLines, type CoveredLine } from './sum-coverage.ts';
import { shownCoverage } from './use-shown-coverage.ts';

interface Painted {
  readonly model: monaco.editor.ITextModel;
  readonly ids: string[];
}
const painted = new Map<string, Painted>();
const lines = new Map<string, ReadonlyMap<number, CoveredLine>>();

/** What is known of a line, for whoever has the mouse on it. */
export function coveredLineAt(file: string, line: number): CoveredLine | undefined {
  return lines.get(file)?.get(line);
}

function decoration(covered: CoveredLine): monaco.editor.IModelDeltaDecoration {
  const { line, state } = covered;
  const values = valueLines(covered);
  return {
    range: { startLineNumber: line, endLineNumber: line, startColumn: 1, endColumn: 1 },
    options: {
      isWholeLine: true,
      marginClassName: `coverage-bar ${state}`,
      lineNumberHoverMessage: [
        { value: lineWords(covered) },
        ...(values.length > 0 ? [{ value: ['```lua', ...values, '```'].join('\n') }] : []),
      ],
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  };
}

function paint(): void {
  const { runs, summed, changedFiles } = useCoverage.getState();
  const coverage = shownCoverage(runs, summed);
  lines.clear();
  for (const { path } of useDocuments.getState().documents) {
    const model = modelOf(path)?.model;
    if (!model) continue;
    const file = changedFiles.includes(path)
      ? undefined
      : coverage?.files.find((one) => one.file === path);
    const covered = file ? coveredLines(file) : [];
    if (file) lines.set(path, new Map(covered.map((line) => [line.line, line])));
    const before = painted.get(path);
    const old = before?.model === model ? before.ids : [];
    painted.set(path, { model, ids: model.deltaDecorations(old, covered.map(decoration)) });
  }
}

/** Keeps the bars in step with what was read and which files are open. */
export function followCoverageGutter(): void {
  useCoverage.subscribe((state, before) => {
    const changed =
      state.runs !== before.runs ||
      state.summed !== before.summed ||
      state.changedFiles !== before.changedFiles;
    if (changed) paint();
  });
  useDocuments.subscribe((state, before) => {
    const isOther = state.documents.length !== before.documents.length;
    if (isOther && useCoverage.getState().runs.length > 0) paint();
  });
}
