import type { PolicyFailure } from '../../lua-runtime/recording/entries.ts';

/** A failure of the policy in one line: `init.lua:3: what happened`. */
export function failureSentence(failure: PolicyFailure): string {
  const place = failure.location ? `${failure.location.file}:${failure.location.line}: ` : '';
  return `${place}${failure.summary}`;
}
