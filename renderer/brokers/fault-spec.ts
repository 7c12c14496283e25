import type { FaultChoice } from '../../electron/bridge/contract.ts';

/** The word before the colon: `delay` of `delay:MS` and of `delay:250`. */
export function faultName(spec: string): string {
  const colon = spec.indexOf(':');
  return colon < 0 ? spec : spec.slice(0, colon);
}

/** What follows the colon of an active fault: `250` of `delay:250`. */
export function faultParameter(spec: string): string {
  const colon = spec.indexOf(':');
  return colon < 0 ? '' : spec.slice(colon + 1);
}

/** The fault as the host expects it. */
export function faultSpec(choice: FaultChoice, parameter: string): string {
  const name = faultName(choice.spec);
  if (!choice.parameter) return name;
  return `${name}:${parameter.trim() === '' ? choice.parameter.example : parameter.trim()}`;
}
