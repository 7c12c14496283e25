import type { DeliveryGoal } from '../../electron/bridge/contract.ts';

const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?$/;

/**
 * What a person means who types this: the last time when the clock showed it, or a message id.
 *
 * @param now milliseconds since the epoch
 * @returns undefined for a text that is neither
 */
export function goalOf(text: string, now: number): DeliveryGoal | undefined {
  const typed = text.trim();
  const time = clock.exec(typed);
  if (time) {
    const [, hours, minutes, seconds = '0', fraction = '0'] = time;
    const at = new Date(now);
    at.setHours(Number(hours), Number(minutes), Number(seconds), Number(fraction) * 1000);
    if (at.getTime() > now) at.setDate(at.getDate() - 1);
    return { kind: 'time', at: at.getTime() };
  }
  return /^[0-9a-f]{4,}$/i.test(typed) ? { kind: 'message', id: typed } : undefined;
}
