import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useLayout } from '../shell/layout-store.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { noScenarios, scenarioKey, useScenarios } from './scenarios-store.ts';
import { runSavedScenarios } from './run-scenarios.ts';

/** Editors write a file in several steps; the list is read once for all of them. */
const settleMs = 150;

export async function listScenarios(): Promise<void> {
  try {
    const { files } = await workbench.call('scenarios.list', {});
    useScenarios.setState({ files, problem: undefined });
  } catch (error) {
    useScenarios.setState({ problem: sentenceOf(error) });
  }
}

/** Keeps list and results in step with the host, once somebody has looked at them. */
export function followScenarios(): void {
  workbench.on('scenario', (progress) => {
    useScenarios.setState((state) => ({
      progress: { ...state.progress, [scenarioKey(progress)]: progress },
    }));
  });
  useWorkspace.subscribe((state, before) => {
    if (state.workspace?.root === before.workspace?.root) return;
    useScenarios.setState(noScenarios);
    if (useLayout.getState().side === 'scenarios') void listScenarios();
  });
  let settling: ReturnType<typeof setTimeout> | undefined;
  workbench.on('fileChanged', () => {
    if (useScenarios.getState().files === undefined) return;
    clearTimeout(settling);
    settling = setTimeout(() => {
      void listScenarios().then(() => {
        if (useScenarios.getState().runOnSave) void runSavedScenarios();
      });
    }, settleMs);
  });
}
