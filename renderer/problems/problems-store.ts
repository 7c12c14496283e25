import { create } from 'zustand';
import type { Diagnostic } from '../../electron/bridge/contract.ts';

type ByFile = Readonly<Record<string, readonly Diagnostic[]>>;

interface ProblemsState {
  /** Syntax errors of the open files, by path. */
  readonly syntax: ByFile;
  /** What the checks find: in open files as they are typed, in others as they are on disk. */
  readonly findings: ByFile;
}

export const useProblems = create<ProblemsState>()(() => ({ syntax: {}, findings: {} }));
