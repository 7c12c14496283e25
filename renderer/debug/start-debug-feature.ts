import { useWorkspace } from '../workspace/workspace-store.ts';
import { followBreakpoints } from './breakpoints/send-breakpoints.ts';
import { followCoverageGutter } from './line-coverage/coverage-gutter.ts';
import { followCoverage } from './line-coverage/read-coverage.ts';
import { listenForDebugKeys } from './debug-keys.ts';
import { followBreakpointGlyphs } from './editor/breakpoint-glyphs.ts';
import { debugInEditor } from './editor/editor-debugging.ts';
import { followExecution } from './editor/execution-line.ts';
import { followInlineValues } from './editor/inline-values.ts';
import { provideValueHovers } from './editor/value-hover.ts';
import { keepSetup } from './keep-setup.ts';
import { followProfile } from './profile/read-profile.ts';
import { followLogPoints } from './readings/read-log-points.ts';
import { followChangedFiles } from './session/changed-files.ts';
import { endSession, followSession } from './session/session.ts';
import { useSession } from './session/session-store.ts';
import { watchAgainOnChange } from './values/watch-again.ts';

/** Makes debugging part of the window. */
export function startDebugFeature(): void {
  keepSetup();
  followSession();
  followChangedFiles();
  followLogPoints();
  followCoverage();
  followCoverageGutter();
  followProfile();
  followBreakpoints();
  followBreakpointGlyphs();
  followExecution();
  followInlineValues();
  watchAgainOnChange();
  provideValueHovers();
  debugInEditor();
  listenForDebugKeys();
  // A run of another folder's policy has no place in this one's window.
  useWorkspace.subscribe((state, before) => {
    const isOther = state.workspace?.root !== before.workspace?.root;
    if (isOther && useSession.getState().phase !== 'none') void endSession();
  });
}
