/** Which of several verdicts speaks for a message that was published more than once. */
import type { Entry, Verdict, VerdictEntry } from '../../lua-runtime/recording/entries.ts';

/** From best to worst. */
const SEVERITY: readonly Verdict[] = ['acked', 'unconfirmed', 'unroutable', 'nacked', 'failed'];

/** The worst of the verdicts among a message's entries; undefined when nothing reached a broker. */
export function worstVerdict(entries: readonly Entry[]): VerdictEntry | undefined {
  let worst: VerdictEntry | undefined;
  for (const entry of entries) {
    if (entry.kind !== 'verdict') continue;
    if (!worst || SEVERITY.indexOf(entry.verdict) > SEVERITY.indexOf(worst.verdict)) worst = entry;
  }
  return worst;
}
