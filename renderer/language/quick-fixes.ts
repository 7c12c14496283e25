import type { Diagnostic } from '../../electron/bridge/contract.ts';
import { whenEditorIsThere } from '../editor/code-editor.ts';
import { modelOf } from '../editor/document-models.ts';
import { monaco } from '../editor/monaco.ts';
import { rangeOf, uriOf } from '../problems/markers.ts';
import { useProblems } from '../problems/problems-store.ts';
import { pathOf } from './ask-language.ts';

const SILENCE = 'workbench.silenceFinding';
/** How a comment begins; the JSON of some helpers takes none. */
const comments: Readonly<Record<string, string>> = { lua: '--', toml: '#' };

function commentOf(path: string): string | undefined {
  return comments[path.slice(path.lastIndexOf('.') + 1)];
}

/** Writes the comment that silences a finding and puts the cursor where its reason goes. */
function silence(path: string, line: number, code: string): void {
  const model = modelOf(path)?.model;
  const begin = commentOf(path);
  if (!model || begin === undefined) return;
  const indentation = /^\s*/.exec(model.getLineContent(line))?.[0] ?? '';
  const comment = `${indentation}${begin} workbench: ignore ${code}: `;
  model.pushStackElement();
  model.pushEditOperations(
    [],
    [{ range: new monaco.Range(line, 1, line, 1), text: `${comment}${model.getEOL()}` }],
    () => null,
  );
  model.pushStackElement();
  whenEditorIsThere((editor) => {
    editor.setPosition({ lineNumber: line, column: comment.length + 1 });
    editor.focus();
  });
}

function actionsOf(path: string, finding: Diagnostic): monaco.languages.CodeAction[] {
  const line = finding.range.start.line + 1;
  return [
    ...(finding.fixes ?? []).map((fix) => ({
      title: fix.title,
      kind: 'quickfix',
      isPreferred: fix.preferred === true,
      edit: {
        edits: fix.edits.map(({ file, range, newText }) => ({
          resource: uriOf(file),
          versionId: undefined,
          textEdit: { range: rangeOf(range), text: newText },
        })),
      },
    })),
    ...(commentOf(path) === undefined || finding.code === 'syntax'
      ? []
      : [
          {
            title: `Silence ${finding.code} here, with a reason`,
            kind: 'quickfix',
            command: {
              id: SILENCE,
              title: 'Silence here',
              arguments: [path, line, finding.code],
            },
          },
        ]),
  ];
}

export const quickFixProvider: monaco.languages.CodeActionProvider = {
  provideCodeActions(model, range) {
    const path = pathOf(model);
    const findings = path === undefined ? [] : (useProblems.getState().findings[path] ?? []);
    const actions = findings
      .filter((finding) => monaco.Range.areIntersectingOrTouching(rangeOf(finding.range), range))
      .flatMap((finding) => actionsOf(path ?? '', finding));
    return { actions, dispose: () => undefined };
  },
};

export function registerSilence(): void {
  monaco.editor.registerCommand(
    SILENCE,
    (_accessor: unknown, path: string, line: number, code: string) => silence(path, line, code),
  );
}
