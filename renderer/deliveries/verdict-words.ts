import type { DeliveryRow, Verdict } from '../../electron/bridge/contract.ts';
import type { Shape } from '../controls/VerdictShape.tsx';

export type Tone = 'ok' | 'warn' | 'fail' | 'unknown' | 'info' | 'plain';

interface VerdictLook {
  readonly word: string;
  readonly tone: Tone;
  readonly shape: Shape;
}

const looks: Record<Verdict | 'none', VerdictLook> = {
  acked: { word: 'acked', tone: 'ok', shape: 'acked' },
  nacked: { word: 'nacked', tone: 'fail', shape: 'nacked' },
  unroutable: { word: 'unroutable', tone: 'fail', shape: 'unroutable' },
  unconfirmed: { word: 'no confirm', tone: 'unknown', shape: 'unconfirmed' },
  failed: { word: 'failed', tone: 'fail', shape: 'failed' },
  none: { word: 'not asked', tone: 'plain', shape: 'none' },
};

/** Shape, word and tone of what the broker did; `none`: nothing reached a broker. */
export function verdictLook(verdict: Verdict | undefined): VerdictLook {
  return looks[verdict ?? 'none'];
}

const warnings: Record<NonNullable<DeliveryRow['warning']>, string> = {
  'silent-loss': 'Silent loss',
  'possible-loss': 'Possible loss',
  'possible-duplicate': 'Possible duplicate',
};

export function warningWord(warning: NonNullable<DeliveryRow['warning']>): string {
  return warnings[warning];
}

/** How kumod's record is to be read at a glance. */
export function recordTone(recordType: string): Tone {
  if (recordType === 'Bounce' || recordType === 'Expiration') return 'fail';
  if (recordType === 'TransientFailure') return 'warn';
  return 'plain';
}
