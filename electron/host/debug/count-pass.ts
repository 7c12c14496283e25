/** Counts: runs a context to the end of its recording and notes at which tick each entry happens. */
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type {
  DebuggerPort,
  Intervention,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import { LuaDebugger } from '../../../lua-runtime/debugger/lua-debugger.ts';
import { observedContextHost } from '../../../lua-runtime/debugger/observed-context.ts';
import { UNATTENDED_PORT } from '../../../lua-runtime/debugger/unattended-port.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { EntryTick } from './replay-messages.ts';
import type { Instrument, ReplayPass } from './replay-pass.ts';

export interface CountPassParts {
  /** Those of the context, without `file` entries. */
  readonly recorded: readonly Entry[];
  readonly interventions: readonly Intervention[];
  readonly pass: (instrument: Instrument) => ReplayPass;
}

/** Throws ReplayProblem. */
export function countPass({
  recorded,
  interventions,
  pass: createPass,
}: CountPassParts): EntryTick[] {
  const ticks: EntryTick[] = [];
  let counter: LuaDebugger | undefined;
  const port: DebuggerPort = {
    ...UNATTENDED_PORT,
    // A script that was cut off may go on for ever after its last entry.
    wantsAttention: () => pass.isAtEnd,
    takeRequests: () => pass.leave(),
  };
  const pass: ReplayPass = createPass({
    attach: (vm) => {
      counter = new LuaDebugger({ vm, port, readFile: () => undefined });
      counter.attach({ breakpoints: NO_BREAKPOINTS, interventions });
    },
    around: (host) => observedContextHost(host, () => counter),
    uncaught: (L) => counter?.uncaught(L),
    onEnd: () => pass.leave(),
    onEntry: ({ kind }) => {
      const entry = kind === 'file' ? undefined : recorded[ticks.length];
      if (entry !== undefined) ticks.push({ seq: entry.seq, tick: counter?.tick ?? 0 });
    },
  });
  try {
    pass.run();
  } finally {
    pass.close();
  }
  return ticks;
}
