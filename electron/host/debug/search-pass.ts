/** Looks for a tick: replays a context up to where somebody stands, with a search in it. */
import type { Intervention, Tick } from '../../../lua-runtime/debugger/debugger-contract.ts';
import { observedContextHost } from '../../../lua-runtime/debugger/observed-context.ts';
import { ReverseSearcher } from '../../../lua-runtime/debugger/reverse-search.ts';
import type { ReverseSearch } from '../../../lua-runtime/debugger/reverse-search.ts';

import type { Instrument, ReplayPass } from './replay-pass.ts';

export interface SearchPassParts {
  readonly search: ReverseSearch;
  readonly interventions: readonly Intervention[];
  readonly readFile: (path: string) => Uint8Array | undefined;
  readonly pass: (instrument: Instrument) => ReplayPass;
}

/** @returns undefined when there is nothing earlier. Throws ReplayProblem. */
export function searchPass({
  search,
  interventions,
  readFile,
  pass: createPass,
}: SearchPassParts): Tick | undefined {
  let tick: Tick | undefined;
  let searcher: ReverseSearcher | undefined;
  const pass: ReplayPass = createPass({
    attach: (vm) => {
      searcher = new ReverseSearcher({
        vm,
        readFile,
        search,
        interventions,
        found: (found) => {
          tick = found;
          pass.leave();
        },
      });
      searcher.attach();
    },
    around: (host) => observedContextHost(host, () => searcher),
    uncaught: () => searcher?.uncaught(),
    onEnd: () => {
      searcher?.end();
      return pass.leave();
    },
  });
  try {
    pass.run();
    // The context may have ended before the tick was reached.
    if (!pass.isLeft) searcher?.end();
  } catch (error) {
    if (!pass.isLeft) throw error;
  } finally {
    pass.close();
  }
  return tick;
}
