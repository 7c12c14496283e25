/** The stable names of everything that the checks tell: what a comment or a workspace silences. */
const CODES = [
  'accidental-global',
  'bad-duration',
  'bad-throttle',
  'client-not-closed',
  'client-per-message',
  'constructor-without-handler',
  'deprecated',
  'duplicate-event',
  'event-in-handler',
  'ignored-field',
  'missing-argument',
  'missing-field',
  'newer-than-kumomta',
  'no-variant',
  'reject-in-pcall',
  'rethrow-as-text',
  'return-nil',
  'send-missing',
  'send-without-string',
  'surplus-argument',
  'undefined-global',
  'unknown-event',
  'unknown-field',
  'unknown-member',
  'unknown-variant',
  'unreachable-handler',
  'wrong-type',
] as const;

export type CheckCode = (typeof CODES)[number];

export const CHECK_CODES: ReadonlySet<string> = new Set(CODES);
