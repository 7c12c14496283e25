import { whenEditorIsThere } from './code-editor.ts';
import { openDocument } from './open-document.ts';

/** Opens the file, puts the cursor on the line and the focus into the editor. */
export async function goToLocation(location: {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}): Promise<void> {
  if (!(await openDocument(location.file))) return;
  // The tab's model is set when the editor pane has rendered.
  requestAnimationFrame(() => {
    whenEditorIsThere((editor) => {
      const line = Math.min(location.line, editor.getModel()?.getLineCount() ?? 1);
      const column =
        location.column ?? (editor.getModel()?.getLineFirstNonWhitespaceColumn(line) || 1);
      editor.setPosition({ lineNumber: line, column });
      editor.revealLineInCenterIfOutsideViewport(line);
      editor.focus();
    });
  });
}
