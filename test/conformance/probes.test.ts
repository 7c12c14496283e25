import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../lua-runtime/vm/create-vm.ts';
import { ENGINE_DIFFERENCES } from '../../lua-runtime/vm/engine-differences.ts';
import { startSession } from './engine-session.ts';
import { PROBES, isDifferent } from './probes.ts';

const engineOf = (id: string) => {
  const difference = ENGINE_DIFFERENCES.find((one) => one.id === id);
  if (difference === undefined) throw new Error(`engine-differences.ts has no '${id}'`);
  return difference.engine;
};

describe.each(ENGINES)('%s', (engine) => {
  it.each(PROBES)('$source', (probe) => {
    const answer = startSession(engine).run(probe.source);
    if (isDifferent(probe, engineOf, engine)) expect(answer).not.toBe(probe.expected);
    else expect(answer).toBe(probe.expected);
  });
});

it('proves every listed difference by a probe', () => {
  const proven = new Set(PROBES.flatMap((probe) => probe.differs ?? []));
  expect(ENGINE_DIFFERENCES.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([]);
});
