/**
 * The exception that a kumo function throws: it reaches the script as an error object, as mlua's
 * `CallbackError` does (mlua src/util/error.rs, src/error.rs), not as a string.
 */
import type { RejectDetail } from './kumo-module.ts';

export class KumoError extends Error {
  /** Present for kumo.reject and kumo.disconnect. */
  readonly reject: RejectDetail | undefined;

  constructor(message: string, reject?: RejectDetail) {
    super(message);
    this.name = 'KumoError';
    this.reject = reject;
  }
}
