import type { Diagnostic } from '../../electron/bridge/contract.ts';
import { latestCall } from '../bridge/latest-call.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { modelOf, onTextChange } from '../editor/document-models.ts';
import { monaco } from '../editor/monaco.ts';
import { useProblems } from './problems-store.ts';

const restMs = 80;
const severities = {
  1: monaco.MarkerSeverity.Error,
  2: monaco.MarkerSeverity.Warning,
  3: monaco.MarkerSeverity.Info,
  4: monaco.MarkerSeverity.Hint,
} as const;

function mark(path: string, diagnostics: readonly Diagnostic[]): void {
  const model = modelOf(path)?.model;
  if (!model) return;
  monaco.editor.setModelMarkers(
    model,
    'syntax',
    diagnostics.map(({ range, severity, message, code }) => ({
      startLineNumber: range.start.line + 1,
      startColumn: range.start.character + 1,
      endLineNumber: range.end.line + 1,
      endColumn: range.end.character + 1,
      severity: severities[severity],
      message,
      code,
    })),
  );
  useProblems.setState(({ byFile }) => ({ byFile: { ...byFile, [path]: diagnostics } }));
}

interface Question {
  readonly path: string;
  readonly text: string;
}
const checks = new Map<string, (question: Question) => void>();

function checkerOf(path: string): (question: Question) => void {
  const known = checks.get(path);
  if (known) return known;
  const check = latestCall<Question>(async (question, isLatest) => {
    try {
      const diagnostics = await workbench.call('policy.check', question);
      if (isLatest()) mark(question.path, diagnostics);
    } catch {
      // Without an answer the old markers stay; a lost connection is told by its own banner.
    }
  }, restMs);
  checks.set(path, check);
  return check;
}

/** Marks syntax errors of open Lua files while their text changes. */
export function checkSyntaxWhileTyping(): void {
  onTextChange((path, text) => {
    if (path.endsWith('.lua')) checkerOf(path)({ path, text });
  });
}

/** A closed file's errors go with its tab. */
export function forgetProblems(openPaths: readonly string[]): void {
  const open = new Set(openPaths);
  useProblems.setState(({ byFile }) => ({
    byFile: Object.fromEntries(Object.entries(byFile).filter(([path]) => open.has(path))),
  }));
}
