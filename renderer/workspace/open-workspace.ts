import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { showWorkspace } from './follow-workspace.ts';

/**
 * Opens a folder or a policy file.
 *
 * @returns the sentence that says why it cannot be opened, if so
 */
export async function openWorkspace(path: string): Promise<string | undefined> {
  try {
    await showWorkspace(await workbench.call('workspace.open', { path }));
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** Opens a copy of a shipped sample. Answers as openWorkspace. */
export async function openSample(name: string): Promise<string | undefined> {
  try {
    await showWorkspace(await workbench.call('samples.open', { name }));
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}
