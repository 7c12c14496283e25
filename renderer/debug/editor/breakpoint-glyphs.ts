/** Breakpoints beside the lines. They move with the text, because they are decorations of it. */
import { modelOf, onTextChange } from '../../editor/document-models.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { monaco } from '../../editor/monaco.ts';
import {
  useBreakpoints,
  type BreakpointPlace,
  type LineBreakpoint,
} from '../breakpoints/breakpoints-store.ts';
import { breakpointLook, lineWords } from '../breakpoints/breakpoint-look.ts';
import { moveLines } from '../breakpoints/move-lines.ts';

interface Painted {
  readonly model: monaco.editor.ITextModel;
  /** Decorations by the breakpoint's id. */
  readonly ids: ReadonlyMap<number, string>;
}

/** Text that Markdown would take for its own. */
function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~]/g, '\\$&');
}

const painted = new Map<string, Painted>();

function decoration(
  breakpoint: LineBreakpoint,
  place: BreakpointPlace | undefined,
): monaco.editor.IModelDeltaDecoration {
  // While a session runs it stands where the debugger put it.
  const line = place?.line ?? breakpoint.line;
  return {
    range: { startLineNumber: line, endLineNumber: line, startColumn: 1, endColumn: 1 },
    options: {
      glyphMarginClassName: `debug-glyph ${breakpointLook(breakpoint, place)}`,
      glyphMarginHoverMessage: { value: plainMarkdown(lineWords(breakpoint, place)) },
      zIndex: 10,
      // Never grows: text typed in front of it or behind it is another line's or the same one's.
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  };
}

function paint(file: string): void {
  const model = modelOf(file)?.model;
  const before = painted.get(file);
  if (!model) {
    painted.delete(file);
    return;
  }
  const { lines, places } = useBreakpoints.getState();
  const here = lines.filter((b) => b.file === file);
  const old = before?.model === model ? [...before.ids.values()] : [];
  const ids = model.deltaDecorations(
    old,
    here.map((b) => decoration(b, places.get(b.id))),
  );
  painted.set(file, { model, ids: new Map(here.map((b, index) => [b.id, ids[index] ?? ''])) });
}

function paintAll(): void {
  for (const { path } of useDocuments.getState().documents) paint(path);
}

/** Takes over where the text has carried the breakpoints of a file. */
function readBack(file: string): void {
  const there = painted.get(file);
  if (!there || there.model.isDisposed() || there.ids.size === 0) return;
  const moved = new Map<number, number>();
  for (const [id, decorationId] of there.ids) {
    const range = there.model.getDecorationRange(decorationId);
    if (range) moved.set(id, range.startLineNumber);
  }
  const before = useBreakpoints.getState();
  const after = moveLines(before, moved);
  if (after.lines !== before.lines) useBreakpoints.setState(after);
}

/** Keeps the glyphs in step with the breakpoints and the open files. */
export function followBreakpointGlyphs(): void {
  useBreakpoints.subscribe(paintAll);
  useDocuments.subscribe((state, before) => {
    if (state.documents.length !== before.documents.length) paintAll();
  });
  onTextChange(readBack);
  paintAll();
}
