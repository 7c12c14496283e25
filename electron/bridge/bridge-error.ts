import type { BridgeFailure } from './contract.ts';

/** Thrown by the host for what the person can do something about; `message` is what they read. */
export class BridgeError extends Error implements BridgeFailure {
  override readonly name = 'BridgeError';
  readonly code: BridgeFailure['code'];

  constructor(code: BridgeFailure['code'], message: string) {
    super(message);
    this.code = code;
  }
}
