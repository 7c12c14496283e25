/**
 * What the checks say of random policies against what the engine does with them, over every path: an error
 * that is told on a line happens whenever a run reaches it, and what fails in a run was told.
 * `RANDOM_POLICIES=N FIRST_SEED=S` tries others.
 */
import { describe, expect, it } from 'vitest';
import { checkProgram } from '../../../../lua-runtime/analysis/checks/check-program.ts';
import { Program } from '../../../../lua-runtime/analysis/values/program.ts';
import { messageInput, runPolicy, type PolicyRun } from '../../kumod/policy-run.ts';
import { DOMAINS, FLAGS, randomPolicy, type RandomPolicy } from './random-policy.ts';

const COUNT = Number(process.env.RANDOM_POLICIES ?? 120);
const FIRST = Number(process.env.FIRST_SEED ?? 1);
const ERROR = 1;
const CONVERSION = /error converting Lua \w+ to String/;
/** What a policy does on purpose. */
const ON_PURPOSE = /boom|failed on purpose/;

interface RunEnd {
  /** The lines that were reached, in their order. */
  readonly lines: readonly number[];
  /** What kumod would log; undefined when nothing went wrong. */
  readonly failure: string | undefined;
}

/** Every combination of the flags, as the metadata of a message. */
function* allFlags(): Generator<Record<string, string>> {
  for (let bits = 0; bits < 2 ** FLAGS.length; bits++) {
    yield Object.fromEntries(FLAGS.flatMap((flag, i) => ((bits >> i) & 1 ? [[flag, 'yes']] : [])));
  }
}

/** What `work` printed: the lines that it reached. */
function linesOf(run: PolicyRun, work: () => void): number[] {
  const before = run.entries.length;
  work();
  return run.entries
    .slice(before)
    .flatMap((entry) => (entry.kind === 'print' ? [Number(entry.text)] : []))
    .filter(Number.isInteger);
}

function deliver(run: PolicyRun, message: number, meta: Record<string, string>): RunEnd {
  const session = run.openSession('random');
  let failure: string | undefined;
  const lines = linesOf(run, () => {
    const { record } = session.deliver(messageInput({ message, meta, queue: 'random' }));
    const isReject = record.peer_address !== null;
    if (!isReject) failure = record.response.content;
  });
  return { lines, failure };
}

function resolve(run: PolicyRun, domain: string): RunEnd {
  let failure: string | undefined;
  const lines = linesOf(run, () => {
    failure = run.runtime.resolveQueue(domain).error?.text;
  });
  return { lines, failure };
}

/** Lines with an error of the checks, by what it says. */
function toldOn({ text }: RandomPolicy): ReadonlyMap<number, string> {
  const found = checkProgram(Program.ofTexts({ 'init.lua': text }), { silenced: {} });
  return new Map(
    found
      .filter(({ severity }) => severity === ERROR)
      .map(({ range, code }) => [range.start.line + 1, code]),
  );
}

/** Why a run and the checks disagree; undefined where they agree. */
function disagreement(
  { lines, failure }: RunEnd,
  told: ReadonlyMap<number, string>,
  { text, unconvertible, endOfSend }: RandomPolicy,
): string | undefined {
  const last = lines.at(-1);
  const passed = lines.slice(0, -1).find((line) => told.has(line));
  if (passed !== undefined) return `line ${passed} is told (${told.get(passed)}) and was passed`;
  const ended = last === undefined ? undefined : told.get(last);
  if (failure === undefined) {
    return ended === undefined ? undefined : `line ${last} is told (${ended}) and nothing failed`;
  }
  if (ON_PURPOSE.test(failure) || ended !== undefined) return undefined;
  if (!CONVERSION.test(failure)) return `line ${last} is not told and failed: ${failure}`;
  const isReturn = last !== undefined && / return /.test(text.split('\n')[last - 1] ?? '');
  if (!isReturn) return told.has(endOfSend) ? undefined : 'send ends without a return, untold';
  // What is a string in some runs and none in others is nobody's to tell.
  return unconvertible.has(last) ? `line ${last} returns no string, untold` : undefined;
}

describe('random policies', () => {
  it.each(Array.from({ length: COUNT }, (_, i) => FIRST + i))('of seed %i', (seed) => {
    const policy = randomPolicy(seed);
    const told = toldOn(policy);
    const run = runPolicy('lua54', policy.text);
    const ends: { readonly of: string; readonly end: RunEnd }[] = DOMAINS.map((domain) => ({
      of: domain,
      end: resolve(run, domain),
    }));
    let message = 0;
    for (const meta of allFlags()) {
      ends.push({ of: JSON.stringify(meta), end: deliver(run, ++message, meta) });
    }
    run.runtime.close();
    run.vm.close();
    const wrong = ends.flatMap(({ of, end }) => {
      const why = disagreement(end, told, policy);
      return why === undefined ? [] : [`${of}: ${why}`];
    });
    expect(wrong, policy.text).toEqual([]);
  });
});
