import type { Diagnostic } from '../../electron/bridge/contract.ts';
import { latestCall } from '../bridge/latest-call.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { onTextChange } from '../editor/document-models.ts';
import { mark } from './markers.ts';
import { useProblems } from './problems-store.ts';

const restMs = 80;
function tell(path: string, diagnostics: readonly Diagnostic[]): void {
  mark('syntax', path, diagnostics);
  useProblems.setState(({ syntax }) => ({ syntax: { ...syntax, [path]: diagnostics } }));
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
      if (isLatest()) tell(question.path, diagnostics);
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
export function forgetSyntax(openPaths: readonly string[]): void {
  const open = new Set(openPaths);
  useProblems.setState(({ syntax }) => ({
    syntax: Object.fromEntries(Object.entries(syntax).filter(([path]) => open.has(path))),
  }));
}
