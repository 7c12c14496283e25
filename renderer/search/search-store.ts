import { create } from 'zustand';
import type { SearchAnswer } from '../../electron/bridge/search.ts';

interface SearchState {
  readonly text: string;
  readonly replacement: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regularExpression: boolean;
  /** Undefined: nothing was asked yet. */
  readonly answer: SearchAnswer | undefined;
  readonly problem: string | undefined;
}

export const useSearch = create<SearchState>()(() => ({
  text: '',
  replacement: '',
  matchCase: false,
  wholeWord: false,
  regularExpression: false,
  answer: undefined,
  problem: undefined,
}));
