/** The line at which the script stands, in the text. */
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { whenEditorIsThere } from '../../editor/code-editor.ts';
import { modelOf } from '../../editor/document-models.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { monaco } from '../../editor/monaco.ts';
import { openDocument } from '../../editor/open-document.ts';
import { sentenceOf } from '../../bridge/workbench-bridge.ts';
import { notify } from '../../shell/notices-store.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { workspaceFile } from '../session/source-path.ts';
import { openRecordedText, recordedPath } from './recorded-text.ts';

interface FramePlace {
  /** Under which it is open in the editor. */
  readonly file: string;
  readonly line: number;
  /** The adapter's number of the text that was run, where the file holds another one by now. */
  readonly reference?: number;
}

interface ExecutionPlace extends FramePlace {
  /** False: a caller's line, where the script will come back to. */
  readonly innermost: boolean;
}

let place: ExecutionPlace | undefined;
let painted: { readonly model: monaco.editor.ITextModel; readonly ids: string[] } | undefined;

/** Where a frame stands, if that is in a file of the workspace. */
export function placeOfFrame(frame: Dap.StackFrame | undefined): FramePlace | undefined {
  const path = frame?.source?.path;
  const root = useWorkspace.getState().workspace?.root;
  if (!frame || path === undefined || root === undefined) return undefined;
  const file = workspaceFile(root, path);
  if (file === undefined) return undefined;
  const reference = frame.source?.sourceReference ?? 0;
  return reference > 0
    ? { file: recordedPath(file), line: frame.line, reference }
    : { file, line: frame.line };
}

function clear(): void {
  if (painted && !painted.model.isDisposed()) painted.model.deltaDecorations(painted.ids, []);
  painted = undefined;
}

function paint(): void {
  const model = place && modelOf(place.file)?.model;
  if (painted && painted.model !== model) clear();
  if (!model || !place) return;
  const { line, innermost } = place;
  const look = innermost ? 'debug-now' : 'debug-caller';
  const ids = model.deltaDecorations(painted?.ids ?? [], [
    {
      range: { startLineNumber: line, endLineNumber: line, startColumn: 1, endColumn: 1 },
      options: {
        isWholeLine: true,
        className: `${look}-line`,
        marginClassName: `${look}-line`,
        glyphMarginClassName: `${look}-glyph`,
        zIndex: 10,
        stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      },
    },
  ]);
  painted = { model, ids };
}

function reveal(): void {
  whenEditorIsThere((editor) => {
    if (place && editor.getModel() === modelOf(place.file)?.model) {
      editor.revealLineInCenterIfOutsideViewport(place.line);
    }
  });
}

/** Shows a frame's line. The focus stays where it is: who steps by keys goes on stepping. */
export function showExecution(frame: Dap.StackFrame | undefined, innermost: boolean): void {
  const at = placeOfFrame(frame);
  place = at && { ...at, innermost };
  if (!at) {
    clear();
    return;
  }
  if (modelOf(at.file) && useDocuments.getState().active === at.file) {
    paint();
    reveal();
    return;
  }
  const opening =
    at.reference === undefined ? openDocument(at.file) : openRecordedText(at.file, at.reference);
  opening
    .then((opened) => {
      if (!opened || place?.file !== at.file) return;
      paint();
      // The editor gets the model when its pane has rendered.
      requestAnimationFrame(reveal);
    })
    .catch((error: unknown) => notify(sentenceOf(error), 'fail'));
}

export function hideExecution(): void {
  place = undefined;
  clear();
}

/** A closed and reopened file gets its line back. */
export function followExecution(): void {
  useDocuments.subscribe((state, before) => {
    if (state.documents !== before.documents) paint();
  });
}
