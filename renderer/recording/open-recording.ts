import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { showAnswer } from '../shell/layout-store.ts';
import { noRecording, useRecording } from './recording-store.ts';

let asked = 0;

/** After so long without an answer the one of before goes: it would be taken for the one asked for. */
const shownBeforeMs = 200;

/** Shows everything that happened to one delivery on the right. */
export async function openRecording(id: number): Promise<void> {
  asked += 1;
  const number = asked;
  showAnswer('recording');
  const late = setTimeout(() => {
    if (number === asked) useRecording.setState({ ...noRecording, isReading: true });
  }, shownBeforeMs);
  try {
    const recording = await workbench.call('deliveries.recording', { id });
    if (number === asked) useRecording.setState({ ...noRecording, recording });
  } catch (error) {
    if (number === asked) useRecording.setState({ ...noRecording, problem: sentenceOf(error) });
  } finally {
    clearTimeout(late);
  }
}

/** Shows none, also not one that is on its way. */
export function closeRecording(): void {
  asked += 1;
  useRecording.setState(noRecording);
}
