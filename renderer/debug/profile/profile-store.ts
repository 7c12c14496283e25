import { create } from 'zustand';
import type { Profile } from '../../../electron/bridge/debug.ts';

interface ProfileState {
  readonly profile: Profile | undefined;
  readonly reading: boolean;
  readonly problem: string | undefined;
  /** The node that takes the whole width; '' for the run. */
  readonly zoomed: string;
}

export const noProfile: ProfileState = {
  profile: undefined,
  reading: false,
  problem: undefined,
  zoomed: '',
};

export const useProfile = create<ProfileState>()(() => noProfile);
