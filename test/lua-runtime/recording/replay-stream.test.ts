import { describe, expect, it } from 'vitest';
import type { Entry, EntryBody } from '../../../lua-runtime/recording/entries.ts';
import { ReplayStream, ReplayStopped } from '../../../lua-runtime/recording/replay-stream.ts';
import { ReplayImpossible } from '../../../lua-runtime/recording/replayer.ts';
import { runPolicy, sendPolicy, startVm } from '../kumod/policy-run.ts';

const leave = (): never => {
  throw new ReplayStopped('over');
};

interface Replayed {
  readonly entries: EntryBody[];
  /** Contexts in the order in which they were replayed, and how many entries had been pushed then. */
  readonly contexts: { readonly context: number; readonly pushed: number }[];
}

function replay(entries: Iterable<Entry>): Replayed {
  const replayed: Replayed = { entries: [], contexts: [] };
  let pushed = 0;
  const stream = new ReplayStream({
    createVm: startVm,
    observe: ({ context }) => {
      replayed.contexts.push({ context, pushed });
      return {
        librariesOpen: () => undefined,
        entry: (entry) => replayed.entries.push(entry),
        end: { reached: leave, diverged: leave },
        finished: () => undefined,
      };
    },
  });
  for (const entry of entries) {
    pushed++;
    stream.push(entry);
  }
  stream.finish();
  return replayed;
}

const prints = ({ entries }: Replayed): string[] =>
  entries.flatMap((entry) => (entry.kind === 'print' ? [entry.text] : []));

const POLICY = sendPolicy(`print(os.getenv 'REGION', message:num_attempts()) return 'ok'`);

describe('a recording that is replayed while it comes', () => {
  it('repeats every context, whichever comes first', () => {
    const run = runPolicy('lua54', POLICY, { environment: { REGION: 'eu' } });
    const sessions = [run.openSession(), run.openSessionInNewContext(2)];
    for (let message = 1; message <= 6; message++) {
      run.deliver(sessions[message % 2]!, { message, num_attempts: message });
    }
    for (const session of sessions) session.close();
    const recorded = run.entries.flatMap((entry) => (entry.kind === 'print' ? [entry.text] : []));
    const replayed = replay(run.entries);
    expect(replayed.contexts).toHaveLength(2);
    expect(prints(replayed).sort()).toEqual(recorded.sort());
  });

  it('lets contexts go that have ended, in the memory of a few', () => {
    const run = runPolicy('lua54', POLICY, { environment: { REGION: 'eu' } });
    const session = run.openSession();
    for (let message = 1; message <= 3; message++) run.deliver(session, { message });
    session.close();
    const load = run.entries.findIndex(({ kind }) => kind === 'load');
    const first = run.entries.slice(0, load + 1);
    /** The same context again and again, under numbers of its own. */
    function* many(): Generator<Entry> {
      yield* first;
      const rest = run.entries.slice(load + 1);
      for (let copy = 1; copy <= 4000; copy++) {
        const renumbered = {
          ...first.at(-1)!,
          context: copy,
        };
        yield renumbered;
        for (const entry of rest) {
          if (entry.kind === 'queue-config' && copy > 1) continue;
          yield {
            ...entry,
            ...(entry.session === undefined ? {} : { session: copy }),
            ...(entry.context === undefined ? {} : { context: copy }),
          };
        }
      }
    }
    let pushed = 0;
    const contexts: number[] = [];
    const stream = new ReplayStream({
      createVm: startVm,
      observe: () => {
        contexts.push(pushed);
        throw new ReplayStopped('counted');
      },
    });
    const push = (entry: Entry): void => {
      pushed++;
      try {
        stream.push(entry);
      } catch (error) {
        if (!(error instanceof ReplayStopped)) throw error;
      }
    };
    for (const entry of many()) push(entry);
    // The first ones long before the last entry came.
    expect(contexts[0]).toBeLessThan(60_000);
    expect(contexts.length).toBeGreaterThan(1000);
  });

  it('gives each context the files that it loaded, when they were edited during the run', () => {
    const run = runPolicy('lua54', sendPolicy("print('first') return 'ok'"));
    run.deliver(run.openSession(), { message: 1 });
    (run.host.files as { 'init.lua': string })['init.lua'] = sendPolicy(
      "print('second') return 'ok'",
    );
    run.deliver(run.openSessionInNewContext(2), { message: 2 });
    expect(prints(replay(run.entries))).toEqual(['first', 'second']);
  });

  it('is none without a run entry', () => {
    const run = runPolicy('lua54', POLICY);
    const [, ...rest] = run.entries;
    expect(() => replay(rest)).toThrow(ReplayImpossible);
  });
});
