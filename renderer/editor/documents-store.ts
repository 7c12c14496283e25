import { create } from 'zustand';
import type { TextFile } from '../../electron/bridge/contract.ts';

/** What the disk says that our unsaved text does not. */
export type Disagreement =
  { readonly kind: 'changed'; readonly theirs: TextFile } | { readonly kind: 'deleted' };

/** An open file. Its text lives in a Monaco model, see document-models.ts. */
export interface OpenDocument {
  readonly path: string;
  readonly dirty: boolean;
  readonly disagreement?: Disagreement;
  /** The text of a finished run, which is not what its file holds now. It cannot be changed. */
  readonly recorded?: boolean;
}

interface DocumentsState {
  readonly documents: readonly OpenDocument[];
  readonly active: string | undefined;
  /** The files that a folder begins with are still being read. */
  readonly isBeginning: boolean;
  readonly cursor: { readonly line: number; readonly column: number } | undefined;
}

export const useDocuments = create<DocumentsState>()(() => ({
  documents: [],
  active: undefined,
  isBeginning: true,
  cursor: undefined,
}));

/** Changes what is known of one open file. */
export function patchDocument(path: string, change: Partial<OpenDocument>): void {
  useDocuments.setState(({ documents }) => ({
    documents: documents.map((open) => (open.path === path ? { ...open, ...change } : open)),
  }));
}

export function findDocument(path: string): OpenDocument | undefined {
  return useDocuments.getState().documents.find((open) => open.path === path);
}
