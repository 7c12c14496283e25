/** Which log points were told: what is passed again in a replay is no news. */
import type { LoggedLine, Tick } from '../../../lua-runtime/debugger/debugger-contract.ts';

export class ToldLines {
  /** By context: the newest tick that was told, and the log points that were passed at it. */
  readonly #newest = new Map<number, { readonly tick: Tick; readonly points: Set<number> }>();

  /** Notes that it is told now. */
  isNews(context: number, { tick, breakpoint }: LoggedLine): boolean {
    const newest = this.#newest.get(context);
    if (newest === undefined || tick > newest.tick) {
      this.#newest.set(context, { tick, points: new Set([breakpoint]) });
      return true;
    }
    if (tick < newest.tick || newest.points.has(breakpoint)) return false;
    newest.points.add(breakpoint);
    return true;
  }
}
