import type { BreakpointPlace, LineBreakpoint } from './breakpoints-store.ts';

/** `log` says something and goes on; `condition` stops sometimes; `plain` always. */
export type BreakpointKind = 'plain' | 'condition' | 'log';

export function kindOf(breakpoint: Omit<LineBreakpoint, 'id' | 'file' | 'line'>): BreakpointKind {
  if (breakpoint.logMessage !== undefined) return 'log';
  const isConditional = breakpoint.condition !== undefined || breakpoint.hitCondition !== undefined;
  return isConditional ? 'condition' : 'plain';
}

/**
 * Class names of a breakpoint's dot. Each kind has its own shape; a hollow one does not stop now.
 *
 * @param place what the session made of it; absent: there is no session, or it is not sent
 */
export function breakpointLook(
  breakpoint: LineBreakpoint,
  place: BreakpointPlace | undefined,
): string {
  const state = !breakpoint.enabled ? 'off' : place?.verified === false ? 'unverified' : 'on';
  return `breakpoint-dot ${kindOf(breakpoint)} ${state}`;
}

/** What a breakpoint does, in one or two words a part: `message:id() ~= ''`, `hit 5`. */
export function behaviourWords(
  breakpoint: Pick<LineBreakpoint, 'condition' | 'hitCondition' | 'logMessage'>,
): string {
  const { condition, hitCondition, logMessage } = breakpoint;
  return [condition, hitCondition === undefined ? undefined : `hit ${hitCondition}`, logMessage]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** A breakpoint in sentences, for its hover and for screen readers. */
export function lineWords(breakpoint: LineBreakpoint, place: BreakpointPlace | undefined): string {
  const names = { plain: 'Breakpoint', condition: 'Conditional breakpoint', log: 'Log point' };
  const what = names[kindOf(breakpoint)];
  const off = breakpoint.enabled ? '' : ', off';
  const does = behaviourWords(breakpoint);
  const moved =
    place?.line !== undefined && place.line !== breakpoint.line
      ? ` Moved from line ${breakpoint.line}, which has no code.`
      : '';
  const why =
    place?.message !== undefined
      ? ` ${place.message}`
      : place?.verified === false
        ? ' Its file has not been loaded yet.'
        : '';
  return `${what}${off}${does === '' ? '' : `: ${does}`}.${moved}${why}`;
}
