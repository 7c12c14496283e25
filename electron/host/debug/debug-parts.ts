/** What a debugged run is made of, as whoever starts it provides it: the command line or the workbench. */
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { PolicySource } from '../policy-source.ts';
import type { RunBroker } from '../run-broker.ts';

export interface DebugBroker {
  readonly runBroker: RunBroker;
  /** Ends what was started for this run. */
  close(): Promise<void>;
}

export interface DebugParts {
  readonly policy: PolicySource;
  /** Called once, when the run starts; not for a recording. Rejects with a sentence. */
  readonly openBroker: () => Promise<DebugBroker>;
  /** The message's bytes, where they are at hand; instead of `launch.delivery.data`. */
  readonly message?: Uint8Array;
  /** A finished run that is at hand; instead of `launch.recording`. */
  readonly entries?: readonly Entry[];
}
