/** Values at the ends of the lines that name them, while the script stands in their function. */
import { modelOf } from '../../editor/document-models.ts';
import { monaco } from '../../editor/monaco.ts';
import { selectedFrame, useSession } from '../session/session-store.ts';
import { useValues } from '../values/values-store.ts';
import { placeOfFrame } from './execution-line.ts';
import { namesUntil } from './lua-names.ts';
import { inlineTexts } from './inline-texts.ts';

let painted: { readonly model: monaco.editor.ITextModel; readonly ids: string[] } | undefined;

function clear(): void {
  if (painted && !painted.model.isDisposed()) painted.model.deltaDecorations(painted.ids, []);
  painted = undefined;
}

function paint(): void {
  const session = useSession.getState();
  const place = session.phase === 'none' ? undefined : placeOfFrame(selectedFrame(session));
  const model = place && modelOf(place.file)?.model;
  if (painted && painted.model !== model) clear();
  if (!model) return;
  const { children } = useValues.getState();
  const names = namesUntil(model.getValue(), place.line);
  const ids = model.deltaDecorations(
    painted?.ids ?? [],
    inlineTexts(names, children).map(({ line, text }) => ({
      range: {
        startLineNumber: line,
        endLineNumber: line,
        startColumn: model.getLineMaxColumn(line),
        endColumn: model.getLineMaxColumn(line),
      },
      options: {
        showIfCollapsed: true,
        after: {
          content: text,
          inlineClassName: 'debug-inline-value',
          cursorStops: monaco.editor.InjectedTextCursorStops.None,
        },
      },
    })),
  );
  painted = { model, ids };
}

/** Keeps the values in the text in step with those in the panel. */
export function followInlineValues(): void {
  useValues.subscribe((state, before) => {
    if (state.children !== before.children) paint();
  });
  useSession.subscribe((state, before) => {
    if (state.phase === 'none' && before.phase !== 'none') clear();
    else if (state.looksRunning && !before.looksRunning) clear();
  });
}
