import { describe, expect, it } from 'vitest';
import type { Entry, EntryBody } from '../../../lua-runtime/recording/entries.ts';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import { threadsOf } from '../../../lua-runtime/recording/recording-threads.ts';
import { ThreadReplay } from '../../../lua-runtime/recording/thread-replay.ts';
import { ENGINES, runPolicy, SEED, sendPolicy, startVm } from '../kumod/policy-run.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';

const POLICY = sendPolicy(`
    local confirm = kumo.amqp.build_client 'amqp://x/':publish { routing_key = 'k', payload = 'p' }
    print 'published'
    local status = confirm:wait().status
    print(status)
    return status`);

class EndReached extends Error {}
class Diverged extends Error {}

interface OpenReplay {
  readonly entries: readonly EntryBody[];
  readonly end: 'reached' | 'diverged' | 'done';
}

/** Replays the only context of the entries, which may end anywhere. */
function replayOpen(engine: EngineId, entries: readonly Entry[]): OpenReplay {
  const thread = threadsOf(entries).find(({ context }) => context !== undefined);
  if (thread === undefined) throw new Error('There is no context.');
  const replayed: EntryBody[] = [];
  let end: OpenReplay['end'] = 'done';
  const replay = new ThreadReplay({
    thread,
    all: entries,
    files: new Map(entriesOfKind(entries, 'file').map(({ path, text }) => [path, text])),
    policyFile: 'init.lua',
    seed: SEED,
    createVm: () => startVm(engine, SEED),
    // What a script makes of the errors below comes too late to be a part of the replay.
    output: (entry) => end === 'done' && replayed.push(entry),
    end: {
      reached: () => {
        if (end === 'done') end = 'reached';
        throw new EndReached('the end');
      },
      diverged: () => {
        if (end === 'done') end = 'diverged';
        throw new Diverged('another way');
      },
    },
  });
  try {
    replay.run();
  } catch (error) {
    if (!(error instanceof EndReached || error instanceof Diverged)) throw error;
  }
  replay.close();
  return { entries: replayed, end };
}

describe.each(ENGINES)('a recording that is still open, on %s', (engine) => {
  function recorded(): readonly Entry[] {
    const run = runPolicy(engine, POLICY);
    const session = run.openSession();
    run.deliver(session);
    session.close();
    return run.entries;
  }
  const ofContext = (entries: readonly EntryBody[]) =>
    entries.filter(({ kind }) => kind !== 'run' && kind !== 'file').map(({ kind }) => kind);

  it('is repeated up to any of its entries', () => {
    const entries = recorded();
    const first = entries.findIndex(({ context }) => context !== undefined);
    for (let length = first + 1; length <= entries.length; length++) {
      const open = entries.slice(0, length);
      const replay = replayOpen(engine, open);
      expect(ofContext(replay.entries), `${length} entries`).toEqual(ofContext(open));
      expect(replay.end, `${length} entries`).not.toBe('diverged');
    }
  });

  it('says when the script takes another way', () => {
    const entries = recorded().map((entry) =>
      entry.kind === 'file'
        ? { ...entry, text: entry.text.replace("print 'published'", "kumo.reject(500, 'no')") }
        : entry,
    );
    expect(replayOpen(engine, entries).end).toBe('diverged');
  });
});
