import { create } from 'zustand';
import type { CallOutput } from '../../electron/bridge/contract.ts';

interface RecordingState {
  readonly recording: CallOutput<'deliveries.recording'> | undefined;
  readonly problem: string | undefined;
}

export const useRecording = create<RecordingState>()(() => ({
  recording: undefined,
  problem: undefined,
}));
