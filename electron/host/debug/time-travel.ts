/** The ways through the past of a run, and back into its present. */
import type {
  BreakpointSet,
  Resume,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { ReverseSearch } from '../../../lua-runtime/debugger/reverse-search.ts';
import type { DebugRecording, RunPlace } from './debug-recording.ts';
import type { OutsideStop } from './outside-stops.ts';
import type { Past, PastStart } from './past.ts';
import type { Present } from './present.ts';
import type { ReplayLimit } from './replay-messages.ts';
import type { ReplayOutcome } from './replay-worker.ts';
import type { Shown, Stage } from './stage.ts';

export interface TimeTravelParts {
  readonly stage: Stage;
  readonly past: Past;
  readonly present: () => Present;
  readonly recording: DebugRecording;
  readonly breakpoints: () => BreakpointSet;
  readonly stopOnEnd: boolean;
}

/** How far a context is run. */
type Destination = Partial<Pick<PastStart, 'runToTick' | 'search' | 'stopOnEntry'>>;

/** A tick that no script reaches. */
const NEVER = Number.MAX_SAFE_INTEGER;
const CONTINUE: Resume = { kind: 'continue' };

export class TimeTravel {
  readonly #parts: TimeTravelParts;

  constructor(parts: TimeTravelParts) {
    this.#parts = parts;
  }

  /** Runs a recorded run from its beginning. Rejects with a sentence when it cannot be run again. */
  async begin(context: number, stopOnEntry: boolean): Promise<void> {
    const { past, stage } = this.#parts;
    stage.runPast(context);
    await this.#countTicks(context);
    this.#unawaited(
      past
        .go(this.#start(context, { stopOnEntry }))
        .then((outcome) => this.#follow(context, outcome, CONTINUE)),
    );
  }

  /** From a position in the past. */
  resume({ context }: Shown, resume: Resume): void {
    this.#parts.stage.runPast(context);
    this.#unawaited(
      this.#parts.past.resume(resume).then((outcome) => this.#follow(context, outcome, resume)),
    );
  }

  /** Rejects with a sentence when it cannot be done; what was shown before is shown again then. */
  async goBack(from: Shown, search: ReverseSearch): Promise<void> {
    await this.#move(from, { search });
  }

  async seek(from: Shown, tick: number): Promise<void> {
    const { recording, stage, past } = this.#parts;
    const { context } = from;
    const runToTick = Math.max(1, Math.min(tick, recording.lastTick(context)));
    const standing = this.#parts.present().standingIn(context);
    if (standing === undefined || runToTick < standing.tick) {
      await this.#move(from, { runToTick });
      return;
    }
    stage.runLive();
    await past.leave();
    const stop: Stop = { ...standing, reason: 'goto', description: `Position ${standing.tick}` };
    setImmediate(() => this.#showLive(context, stop));
  }

  /** Shows the line that published what the broker did not keep. */
  async showOutside({ publish, ...stop }: OutsideStop): Promise<void> {
    const { recording, stage, past, present } = this.#parts;
    const newest = recording.newestContext;
    const { context, tick }: RunPlace = (publish === undefined
      ? undefined
      : recording.placeOfPublish(publish)) ?? {
      context: newest,
      tick: recording.lastTick(newest),
    };
    stage.runPast(context);
    const outcome = await past.go(this.#start(context, { runToTick: tick }));
    if (outcome.kind === 'stopped') {
      this.#showPast(context, { ...outcome.stop, ...stop });
    } else {
      stage.say(stop.description);
      present().letGo();
    }
  }

  /** Shows the end of a run that is over. */
  async showEnd(): Promise<void> {
    const { recording, stage, past } = this.#parts;
    const context = recording.newestContext;
    stage.runPast(context);
    const start = this.#start(context, {});
    // Past all breakpoints: a script that was cut off went on after its last entry.
    const runToTick = start.limit.kind === 'show-end' ? start.limit.tick : NEVER;
    await this.#follow(context, await past.go({ ...start, runToTick }), CONTINUE);
  }

  /** Runs to a position of the past once more. */
  async showAgain({ context, tick, isLive, stop }: Shown): Promise<void> {
    const { stage, past } = this.#parts;
    if (stage.isClosed) return;
    if (isLive) {
      this.#showLive(context, stop);
      return;
    }
    const outcome = await past.go(this.#start(context, { runToTick: tick }));
    if (outcome.kind !== 'stopped') return;
    const { reason, description, breakpoints } = stop;
    this.#showPast(context, { ...outcome.stop, reason, description, breakpoints });
  }

  async #move(from: Shown, to: Destination): Promise<void> {
    const { stage, past } = this.#parts;
    const { context } = from;
    stage.runPast(context);
    let outcome: ReplayOutcome;
    try {
      outcome = await past.go(this.#start(context, to));
    } catch (error) {
      await this.showAgain(from);
      throw error;
    }
    // The answer goes first, then the stop: clients take the answer for the beginning of the way.
    setImmediate(() => {
      if (outcome.kind === 'stopped') this.#showPast(context, outcome.stop);
      else this.#unawaited(this.showAgain(from));
    });
  }

  /** What comes after a replay that went on by `resume`. */
  async #follow(context: number, outcome: ReplayOutcome, resume: Resume): Promise<void> {
    switch (outcome.kind) {
      case 'stopped':
        this.#showPast(context, outcome.stop);
        break;
      case 'frontier':
        this.#becomeLive(context, outcome.stop, resume);
        break;
      case 'done':
        await this.#leaveContext(context, resume);
        break;
      case 'left':
        break;
    }
  }

  /** The replay came to where the live script stands: from here on it is its turn. */
  #becomeLive(context: number, stop: Stop | undefined, resume: Resume): void {
    const present = this.#parts.present();
    const standing = present.standingIn(context);
    if (standing === undefined) return;
    const isSame =
      stop !== undefined &&
      stop.tick === standing.tick &&
      (stop.reason === standing.reason || stop.breakpoints.length > 0);
    if (isSame) {
      const { reason, description, breakpoints } = stop;
      this.#showLive(context, { ...standing, reason, description, breakpoints });
    } else if (isStep(resume)) {
      const step = { reason: 'step', description: 'Step', breakpoints: [] } as const;
      this.#showLive(context, { ...standing, ...step });
    } else {
      present.resume(resume);
    }
  }

  /** Everything that a context did was done again. */
  async #leaveContext(context: number, resume: Resume): Promise<void> {
    const { recording, past, stage } = this.#parts;
    const present = this.#parts.present();
    const next = recording.contextAfter(context);
    if (next !== undefined) {
      stage.runPast(next);
      await this.#countTicks(next);
      let outcome = await past.go(this.#start(next, { stopOnEntry: true }));
      if (outcome.kind === 'stopped' && !isStep(resume)) outcome = await past.resume(resume);
      await this.#follow(next, outcome, resume);
    } else if (present.isOver) {
      stage.end(present.end);
    } else {
      // A step ends at the next line, whatever message it belongs to.
      if (isStep(resume)) present.pause();
      present.letGo();
    }
  }

  /** A recording that was made without a debugger does not know at which ticks things happened. */
  async #countTicks(context: number): Promise<void> {
    const { recording, past } = this.#parts;
    if (recording.lastTick(context) > 0) return;
    recording.setTicks(context, await past.count(context));
  }

  #start(context: number, to: Destination): PastStart {
    return {
      context,
      breakpoints: this.#parts.breakpoints(),
      stopOnEntry: false,
      limit: this.#limitOf(context),
      ...to,
    };
  }

  #limitOf(context: number): ReplayLimit {
    const { recording, stopOnEnd } = this.#parts;
    const present = this.#parts.present();
    const standing = present.standingIn(context);
    if (standing !== undefined) return { kind: 'frontier', tick: standing.tick };
    const isNewest = context === recording.newestContext;
    if (isNewest && !present.isOver) return { kind: 'none' };
    const cutOff = recording.cutOffReason(context);
    if (cutOff !== undefined) {
      return { kind: 'cut-off', description: `The recording of the script ends here. ${cutOff}` };
    }
    if (!isNewest || !stopOnEnd) return { kind: 'none' };
    const description = present.end.problem ?? 'The run is over.';
    return { kind: 'show-end', tick: recording.lastTick(context), description };
  }

  #showLive(context: number, stop: Stop): void {
    this.#parts.stage.show({ context, tick: stop.tick, isLive: true, stop });
  }

  #showPast(context: number, stop: Stop): void {
    this.#parts.stage.show({ context, tick: stop.tick, isLive: false, stop });
  }

  /** Nobody waits for it: what goes wrong is said, and ends the run. */
  #unawaited(way: Promise<void>): void {
    const { stage, present } = this.#parts;
    way.catch((error: unknown) => {
      if (stage.isClosed) return;
      stage.say(error);
      stage.end(present().end);
    });
  }
}

function isStep({ kind }: Resume): boolean {
  return kind === 'step-in' || kind === 'step-over' || kind === 'step-out';
}
