import type { FaultChoice } from '../../electron/bridge/contract.ts';

/** The word before the colon: `delay` of `delay:MS`, of `delay:250` and of `delay:250@n=3`. */
export function faultName(spec: string): string {
  return /^[^:@+]*/.exec(spec)?.[0] ?? '';
}

/** What follows the colon of an active fault: `250` of `delay:250` and of `delay:250@n=3`. */
export function faultParameter(spec: string): string {
  return /^[^:@+]*:([^@+]*)/.exec(spec)?.[1] ?? '';
}

/** The fault as the host expects it. */
export function faultSpec(choice: FaultChoice, parameter: string): string {
  const name = faultName(choice.spec);
  if (!choice.parameter) return name;
  return `${name}:${parameter.trim() === '' ? choice.parameter.example : parameter.trim()}`;
}
