/**
 * What a person did to the script while it stood still, and where: a replay does the same again. A
 * place is a tick and, within it, how many entries and errors the context had after the line began.
 */
import type { Intervention, Tick } from './debugger-contract.ts';

export class Interventions {
  private expected: Intervention[] = [];
  private tick: Tick = 0;
  private event = 0;

  /** To be done again. */
  expect(interventions: readonly Intervention[]): void {
    this.expected = [...interventions].sort(
      (a, b) => a.tick - b.tick || (a.event ?? 0) - (b.event ?? 0),
    );
  }

  /** The next line that is waited for. */
  get nextTick(): number {
    return this.expected[0]?.tick ?? Number.POSITIVE_INFINITY;
  }

  /** Where the script is. */
  get place(): { readonly tick: Tick; readonly event: number } {
    return { tick: this.tick, event: this.event };
  }

  nextLine(tick: Tick): void {
    this.tick = tick;
    this.event = 0;
  }

  /** Something happens within the line of this tick. */
  nextEvent(tick: Tick): void {
    this.event = tick === this.tick ? this.event + 1 : 1;
    this.tick = tick;
  }

  /** Takes what is to be done here. */
  takeDue(): Intervention[] {
    const due: Intervention[] = [];
    for (;;) {
      const next = this.expected[0];
      if (next === undefined || next.tick > this.tick) return due;
      if (next.tick === this.tick && (next.event ?? 0) > this.event) return due;
      due.push(next);
      this.expected.shift();
    }
  }
}
