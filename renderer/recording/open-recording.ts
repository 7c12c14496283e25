import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { showAnswer } from '../shell/layout-store.ts';
import { useRecording } from './recording-store.ts';

let asked = 0;

/** Shows everything that happened to one delivery on the right. */
export async function openRecording(id: number): Promise<void> {
  asked += 1;
  const number = asked;
  showAnswer('recording');
  try {
    const recording = await workbench.call('deliveries.recording', { id });
    if (number === asked) useRecording.setState({ recording, problem: undefined });
  } catch (error) {
    if (number === asked) {
      useRecording.setState({ recording: undefined, problem: sentenceOf(error) });
    }
  }
}
