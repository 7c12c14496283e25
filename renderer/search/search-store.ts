import { create } from 'zustand';
import type { SearchAnswer } from '../../electron/bridge/search.ts';

interface SearchState {
  readonly text: string;
  readonly replacement: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  /** Undefined: nothing was asked yet. */
  readonly answer: SearchAnswer | undefined;
  readonly problem: string | undefined;
}

export const useSearch = create<SearchState>()(() => ({
  text: '',
  replacement: '',
  matchCase: false,
  wholeWord: false,
  answer: undefined,
  problem: undefined,
}));
