/**
 * When kumod tries a message again, and when it gives up.
 * KumoMTA crates/kumod/src/queue/config.rs 196-211 and queue/queue.rs 732-905.
 */
import { durationSeconds, formatDuration, parseDuration } from '../kumo/duration.ts';
import type { JsonValue } from '../recording/entries.ts';
import { hash32 } from './message-id.ts';

/** The three fields of a queue config that decide it. Whole and fractional seconds. */
export interface RetryTiming {
  readonly retry_interval_seconds: number;
  readonly max_retry_interval_seconds?: number;
  readonly max_age_seconds: number;
}

/** kumod's defaults: KumoMTA crates/kumod/src/queue/config.rs 15-121. */
export const DEFAULT_RETRY_TIMING: RetryTiming = {
  retry_interval_seconds: 20 * 60,
  max_age_seconds: 7 * 24 * 3600,
};

/** Reads the fields from an effective queue config, where durations are humantime text. */
export function retryTimingOf(config: { readonly [field: string]: JsonValue }): RetryTiming {
  const limit = secondsOf(config.max_retry_interval);
  return {
    retry_interval_seconds:
      secondsOf(config.retry_interval) ?? DEFAULT_RETRY_TIMING.retry_interval_seconds,
    max_age_seconds: secondsOf(config.max_age) ?? DEFAULT_RETRY_TIMING.max_age_seconds,
    ...(limit === undefined ? undefined : { max_retry_interval_seconds: limit }),
  };
}

function secondsOf(text: JsonValue | undefined): number | undefined {
  const duration = typeof text === 'string' ? parseDuration(text) : undefined;
  return duration === undefined ? undefined : durationSeconds(duration);
}

/** Seconds as kumod prints them in an Expiration: `7days 2h`. */
export function humantimeOf(seconds: number): string {
  const whole = Math.floor(Math.max(0, seconds));
  const nanos = Math.min(999_999_999, Math.round((Math.max(0, seconds) - whole) * 1e9));
  return formatDuration({ seconds: whole, nanos });
}

export interface RetryDelay {
  /** Without jitter. */
  readonly nominal_seconds: number;
  readonly jitter_seconds: number;
  /** What kumod waits: the sum. Can be negative when the interval is shorter than the jitter. */
  readonly delay_seconds: number;
}

/**
 * The delay after the failure of an attempt: `retry_interval * 2^num_attempts`, no longer than
 * max_retry_interval. Parts of a second are dropped first, so an interval under a second gives 0.
 *
 * @param numAttempts attempts before the one that failed: 0 after the first.
 */
export function nominalRetryDelay(timing: RetryTiming, numAttempts: number): number {
  const delay = Math.floor(timing.retry_interval_seconds) * 2 ** numAttempts;
  const limit = timing.max_retry_interval_seconds;
  const limited = limit === undefined ? delay : Math.min(delay, Math.floor(limit));
  return Math.min(limited, Number.MAX_SAFE_INTEGER);
}

/**
 * The same with kumod's jitter: up to half of a twentieth of the interval (at most half a minute)
 * to either side, cut to whole seconds.
 *
 * @param random in [0, 1): see `retryRandom` for one that repeats.
 */
export function retryDelay(timing: RetryTiming, numAttempts: number, random: number): RetryDelay {
  const nominal = nominalRetryDelay(timing, numAttempts);
  const magnitude = Math.min(timing.retry_interval_seconds / 20, 60);
  // `+ 0` turns the -0 that truncating a small negative number gives into 0.
  const jitter = Math.trunc(random * magnitude - magnitude / 2) + 0;
  return { nominal_seconds: nominal, jitter_seconds: jitter, delay_seconds: nominal + jitter };
}

/** A number in [0, 1) that is the same for the same run seed, message and attempt. */
export function retryRandom(seed: number, messageId: string, numAttempts: number): number {
  return hash32(`${messageId}/${numAttempts}`, seed) / 0x1_0000_0000;
}

/** kumod gives a message up when its age at the next attempt would be beyond max_age. */
export function expiresAt(timing: RetryTiming, ageSeconds: number, delaySeconds: number): boolean {
  return ageSeconds + delaySeconds > timing.max_age_seconds;
}

export interface ScheduledAttempt {
  /** Counts from 1; its log record says `num_attempts: attempt - 1`. */
  readonly attempt: number;
  /** Since the message was made, without jitter and without the time that attempts take. */
  readonly at_seconds: number;
  /** Since the attempt before; 0 for the first. */
  readonly delay_seconds: number;
}

export interface RetrySchedule {
  /** The first `limit` attempts. */
  readonly attempts: readonly ScheduledAttempt[];
  /** How many attempts there are in all; absent when they never end (a delay of 0). */
  readonly total_attempts?: number;
  /**
   * When kumod logs the Expiration: right after the last attempt failed, because expiry is decided
   * only when a message is put back into its queue. Absent when attempts never end.
   */
  readonly expires_at_seconds?: number;
  readonly max_age_seconds: number;
}

/** Every attempt of a message that keeps failing, until it expires. */
export function retrySchedule(timing: RetryTiming, limit = 200): RetrySchedule {
  const attempts: ScheduledAttempt[] = [{ attempt: 1, at_seconds: 0, delay_seconds: 0 }];
  const max_age_seconds = timing.max_age_seconds;
  let at = 0;
  let attempt = 1;
  let previous = -1;
  for (;;) {
    const delay = nominalRetryDelay(timing, attempt - 1);
    if (delay <= 0) return { attempts, max_age_seconds };
    if (expiresAt(timing, at, delay)) {
      return { attempts, total_attempts: attempt, expires_at_seconds: at, max_age_seconds };
    }
    if (delay === previous && attempts.length >= limit) {
      // From here on every delay is the same: count the rest instead of walking it.
      const rest = Math.floor((max_age_seconds - at) / delay);
      at += rest * delay;
      attempt += rest;
      previous = -1;
      continue;
    }
    at += delay;
    attempt += 1;
    previous = delay;
    if (attempts.length < limit) attempts.push({ attempt, at_seconds: at, delay_seconds: delay });
  }
}
