/** What mouse, keys and the context menu of the text do for debugging. */
import { whenEditorIsThere } from '../../editor/code-editor.ts';
import { findDocument, useDocuments } from '../../editor/documents-store.ts';
import { monaco } from '../../editor/monaco.ts';
import { kindOf } from '../breakpoints/breakpoint-look.ts';
import { breakpointAt } from '../breakpoints/breakpoints-store.ts';
import { toggleBreakpoint } from '../breakpoints/change-breakpoints.ts';
import { runToLine } from '../session/run-control.ts';
import { useSession } from '../session/session-store.ts';
import { addWatch } from '../values/watches-store.ts';
import { editBreakpoint, useBreakpointEditing } from './breakpoint-editing.ts';
import { expressionAt } from './lua-names.ts';

type Editor = monaco.editor.IStandaloneCodeEditor;

const { GUTTER_GLYPH_MARGIN, GUTTER_LINE_NUMBERS } = monaco.editor.MouseTargetType;

/** The active file, when it is one that can stop. */
function activeScript(): string | undefined {
  const { active } = useDocuments.getState();
  // What was run once stops nowhere any more.
  if (active === undefined || findDocument(active)?.recorded) return undefined;
  return active.endsWith('.lua') ? active : undefined;
}

/** Calls with the file and line of the cursor. */
export function atCursor(action: (file: string, line: number) => void): void {
  whenEditorIsThere((editor) => {
    const file = activeScript();
    const line = editor.getPosition()?.lineNumber;
    if (file !== undefined && line !== undefined) action(file, line);
  });
}

/** Opens the fields of the line's breakpoint, or those of a new one. */
export function editAt(file: string, line: number): void {
  const there = breakpointAt(file, line);
  const kind = there ? kindOf(there) : 'condition';
  editBreakpoint(file, line, kind === 'plain' ? 'condition' : kind);
}

function followGutter(editor: Editor): void {
  const hint = editor.createDecorationsCollection();
  editor.onMouseDown(({ target, event }) => {
    const file = activeScript();
    if (file === undefined || target.type !== GUTTER_GLYPH_MARGIN || !event.leftButton) return;
    if (target.detail.isAfterLines) return;
    toggleBreakpoint(file, target.position.lineNumber);
  });
  editor.onContextMenu(({ target, event }) => {
    const file = activeScript();
    if (target.type !== GUTTER_GLYPH_MARGIN && target.type !== GUTTER_LINE_NUMBERS) return;
    if (file === undefined) return;
    const { posx: x, posy: y } = event;
    useBreakpointEditing.setState({ menu: { file, line: target.position.lineNumber, x, y } });
  });
  editor.onMouseMove(({ target }) => {
    const over = target.type === GUTTER_GLYPH_MARGIN && !target.detail.isAfterLines;
    const line = over && activeScript() !== undefined ? target.position.lineNumber : undefined;
    hint.set(
      line === undefined
        ? []
        : [
            {
              range: new monaco.Range(line, 1, line, 1),
              options: {
                glyphMarginClassName: 'debug-glyph breakpoint-dot hint',
                stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
              },
            },
          ],
    );
  });
  editor.onMouseLeave(() => hint.clear());
}

function addActions(editor: Editor): void {
  const { KeyMod, KeyCode } = monaco;
  const group = (order: number) => ({ contextMenuGroupId: '2_debug', contextMenuOrder: order });
  const inScript = 'editorLangId == lua';
  const stands = editor.createContextKey<boolean>('workbenchDebugStopped', false);
  useSession.subscribe(({ phase }) => stands.set(phase === 'stopped'));

  // The window listens for the keys itself, see debug-keys.ts; here they are named for the menu.
  editor.addAction({
    id: 'workbench.toggleBreakpoint',
    label: 'Toggle breakpoint',
    keybindings: [KeyCode.F9],
    precondition: inScript,
    ...group(1),
    run: () => atCursor(toggleBreakpoint),
  });
  editor.addAction({
    id: 'workbench.editBreakpoint',
    label: 'Edit breakpoint',
    keybindings: [KeyMod.Shift | KeyCode.F9],
    precondition: inScript,
    ...group(2),
    run: () => atCursor(editAt),
  });
  editor.addAction({
    id: 'workbench.addLogPoint',
    label: 'Add log point',
    precondition: inScript,
    ...group(3),
    run: () => atCursor((file, line) => editBreakpoint(file, line, 'log')),
  });
  editor.addAction({
    id: 'workbench.runToCursor',
    label: 'Run to cursor',
    keybindings: [KeyMod.CtrlCmd | KeyCode.F10],
    precondition: `${inScript} && workbenchDebugStopped`,
    ...group(4),
    run: () => atCursor((file, line) => void runToLine(file, line)),
  });
  editor.addAction({
    id: 'workbench.watchExpression',
    label: 'Watch expression',
    precondition: inScript,
    ...group(5),
    run: () => watchSelection(editor),
  });
}

/** Watches what is selected, or what the cursor stands in. */
function watchSelection(editor: Editor): void {
  const model = editor.getModel();
  const selection = editor.getSelection();
  if (!model || !selection) return;
  const text = selection.isEmpty()
    ? expressionAt(model.getLineContent(selection.startLineNumber), selection.startColumn)
        ?.expression
    : model.getValueInRange(selection);
  if (text !== undefined) addWatch(text.replace(/\s+/g, ' '));
}

/** Gives the one editor its part in debugging, once it is on the page. */
export function debugInEditor(): void {
  whenEditorIsThere((editor) => {
    followGutter(editor);
    addActions(editor);
  });
}
