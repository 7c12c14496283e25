import { create } from 'zustand';
import type { Diagnostic, MissingName } from '../../electron/bridge/contract.ts';

type ByFile = Readonly<Record<string, readonly Diagnostic[]>>;

interface ProblemsState {
  /** Syntax errors of the open files, by path. */
  readonly syntax: ByFile;
  /** What the checks find: in open files as they are typed, in others as they are on disk. */
  readonly findings: ByFile;
  /** What the last run published to and the active broker lacks. */
  readonly missing: readonly MissingName[];
}

export const useProblems = create<ProblemsState>()(() => ({
  syntax: {},
  findings: {},
  missing: [],
}));
