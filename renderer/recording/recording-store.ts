import { create } from 'zustand';
import type { CallOutput } from '../../electron/bridge/contract.ts';

interface RecordingState {
  readonly recording: CallOutput<'deliveries.recording'> | undefined;
  readonly problem: string | undefined;
  /** It takes so long to come that it is worth saying. */
  readonly isReading: boolean;
}

export const noRecording: RecordingState = {
  recording: undefined,
  problem: undefined,
  isReading: false,
};

export const useRecording = create<RecordingState>()(() => noRecording);
