import { create } from 'zustand';
import type { Diagnostic } from '../../electron/bridge/contract.ts';

/** Syntax errors of the open files, by path. */
export const useProblems = create<{ byFile: Readonly<Record<string, readonly Diagnostic[]>> }>()(
  () => ({ byFile: {} }),
);
