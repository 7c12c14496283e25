import { create } from 'zustand';
import type { PolicyState, Workspace } from '../../electron/bridge/contract.ts';

interface WorkspaceState {
  readonly workspace: Workspace | undefined;
  readonly policy: PolicyState;
  /** Hints that were dismissed, by the workspace's root. */
  readonly dismissedHints: readonly string[];
}

export const useWorkspace = create<WorkspaceState>()(() => ({
  workspace: undefined,
  policy: { state: 'loading', handlers: [] },
  dismissedHints: [],
}));
