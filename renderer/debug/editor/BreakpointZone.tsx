import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { whenEditorIsThere } from '../../editor/code-editor.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { BreakpointFields } from './BreakpointFields.tsx';
import { closeBreakpointEditor, useBreakpointEditing } from './breakpoint-editing.ts';

const zoneHeight = 44;

/**
 * Makes room under a line and lays an element over it: what lies in the room itself would be below
 * the text and get no mouse.
 */
function useZone(line: number): HTMLElement {
  const [node] = useState(() => {
    const element = document.createElement('div');
    element.className = 'breakpoint-zone';
    return element;
  });
  useEffect(() => {
    let close = (): void => undefined;
    whenEditorIsThere((editor) => {
      const widget = {
        getId: () => 'workbench.breakpoint',
        getDomNode: () => node,
        getPosition: () => null,
      };
      const layOut = (): void => {
        const { contentLeft, contentWidth, verticalScrollbarWidth } = editor.getLayoutInfo();
        node.style.left = `${contentLeft}px`;
        node.style.width = `${contentWidth - verticalScrollbarWidth}px`;
      };
      let zone = '';
      editor.addOverlayWidget(widget);
      editor.changeViewZones((zones) => {
        zone = zones.addZone({
          afterLineNumber: line,
          heightInPx: zoneHeight,
          domNode: document.createElement('div'),
          onDomNodeTop: (top) => {
            node.style.top = `${top}px`;
          },
        });
      });
      layOut();
      const layout = editor.onDidLayoutChange(layOut);
      editor.revealLine(line + 2);
      close = () => {
        layout.dispose();
        editor.removeOverlayWidget(widget);
        editor.changeViewZones((zones) => zones.removeZone(zone));
      };
    });
    return () => close();
  }, [line, node]);
  return node;
}

function Zone({ file, line }: { readonly file: string; readonly line: number }) {
  const node = useZone(line);
  const kind = useBreakpointEditing((state) => state.editor?.kind ?? 'condition');
  return createPortal(
    <BreakpointFields key={`${file}:${line}:${kind}`} file={file} line={line} kind={kind} />,
    node,
  );
}

/** The fields of the breakpoint that is being edited, under its line. */
export function BreakpointZone() {
  const editing = useBreakpointEditing((state) => state.editor);
  const active = useDocuments((state) => state.active);
  const file = editing?.file;
  useEffect(() => {
    if (file !== undefined && active !== file) closeBreakpointEditor();
  }, [active, file]);
  if (!editing || active !== editing.file) return null;
  return <Zone key={`${editing.file}:${editing.line}`} file={editing.file} line={editing.line} />;
}
