/** What stands above handlers, and what a click on it does. */
import type { CodeLens, Location } from '../../electron/bridge/language.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { breakpointAt } from '../debug/breakpoints/breakpoints-store.ts';
import { setLineBreakpoint } from '../debug/breakpoints/change-breakpoints.ts';
import { debugForm } from '../debug/session/start-debugging.ts';
import { whenEditorIsThere } from '../editor/code-editor.ts';
import { monaco } from '../editor/monaco.ts';
import { saveAll } from '../editor/save-all.ts';
import { rangeOf } from '../problems/markers.ts';
import { showAnswer } from '../shell/layout-store.ts';
import { askLanguage, pathOf } from './ask-language.ts';

const changed = new monaco.Emitter<monaco.languages.CodeLensProvider>();

export const codeLensProvider: monaco.languages.CodeLensProvider = {
  onDidChange: changed.event,
  async provideCodeLenses(model) {
    const path = pathOf(model);
    if (path === undefined) return { lenses: [] };
    const found = await askLanguage<'codeLens'>({ method: 'codeLens', path }, model);
    return { lenses: (found ?? []).map(lensOf) };
  },
};

function lensOf({ range, command }: CodeLens): monaco.languages.CodeLens {
  const { title, command: id, arguments: args } = command;
  return { range: rangeOf(range), command: { id, title, arguments: [...args] } };
}

/** Saves, because the policy that answers is the one on disk, and goes to the question. */
async function simulate(): Promise<void> {
  if (!(await saveAll())) return;
  showAnswer('simulate');
  requestAnimationFrame(() => {
    const domain = document.querySelector<HTMLInputElement>('#simulate-domain');
    domain?.focus();
    domain?.select();
  });
}

/** Delivers the form's message, and stops where the handler begins. */
async function debug(file: string, start: Location['range']['start']): Promise<void> {
  const line = start.line + 1;
  if (breakpointAt(file, line)?.enabled !== true) setLineBreakpoint(file, line, {});
  await debugForm();
}

function showReferences(start: Location['range']['start']): void {
  whenEditorIsThere((editor) => {
    editor.setPosition({ lineNumber: start.line + 1, column: start.character + 1 });
    editor.focus();
    editor.trigger('lens', 'editor.action.referenceSearch.trigger', undefined);
  });
}

export function registerLensCommands(): void {
  const { editor } = monaco;
  editor.registerCommand('kumo.simulate', () => void simulate());
  editor.registerCommand(
    'kumo.debug',
    (_accessor: unknown, file: string, start: Location['range']['start']) =>
      void debug(file, start),
  );
  editor.registerCommand(
    'kumo.showReferences',
    (_accessor: unknown, _file: string, start: Location['range']['start']) => showReferences(start),
  );
  workbench.on('run', ({ state }) => {
    if (state !== 'running') changed.fire(codeLensProvider);
  });
}
