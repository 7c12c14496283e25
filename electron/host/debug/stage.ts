/** What is shown of a debugged run, and what is told to whoever debugs it. */
import type {
  BreakpointPlace,
  LoggedLine,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { DebugEvents } from '../../../lua-runtime/debugger/debug-target.ts';
import type { DebugRecording, RunPlace } from './debug-recording.ts';
import { ToldLines } from './told-lines.ts';

export type RunEnded = Parameters<DebugEvents['exited']>[0];

/** A position of the run that stands still. */
export interface Shown extends RunPlace {
  readonly isLive: boolean;
  readonly stop: Stop;
}

type Phase = 'new' | 'running' | 'stopped' | 'ended';

export class Stage {
  readonly #events: DebugEvents;
  readonly #recording: DebugRecording;
  readonly #onEnd: () => void;
  readonly #toldLines = new ToldLines();
  #phase: Phase = 'new';
  #shown: Shown | undefined;
  #isInPast = false;
  /** The context that runs in the past. */
  #pastContext: number | undefined;
  #isClosed = false;
  #hasExited = false;
  #places = new Map<number, string>();
  #onRest: (() => void) | undefined;

  /** @param onEnd told when nothing will be shown any more */
  constructor(events: DebugEvents, recording: DebugRecording, onEnd: () => void) {
    this.#events = events;
    this.#recording = recording;
    this.#onEnd = onEnd;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Undefined while something runs. */
  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** The context that is shown, or that runs. */
  get context(): number {
    return this.#shown?.context ?? this.#pastContext ?? this.#recording.newestContext;
  }

  /** Whether what is shown, or runs, is the past. */
  get isInPast(): boolean {
    return this.#isInPast;
  }

  /** Whether the person has ended the run: nothing more is shown. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @throws Error with a sentence when nothing stands still. */
  standing(): Shown {
    if (this.#phase === 'ended') throw new Error('The run is over; start it again.');
    if (this.#shown === undefined || this.#phase !== 'stopped') {
      throw new Error('The script is running; pause it first.');
    }
    return this.#shown;
  }

  /** @throws Error when it was called before. */
  begin(): void {
    if (this.#phase !== 'new') throw new Error('The run has started already.');
    this.#phase = 'running';
  }

  /** The live script runs now. */
  runLive(): void {
    this.#run(undefined);
  }

  /** A context of the past is run now. */
  runPast(context: number): void {
    this.#run(context);
  }

  show(shown: Shown): void {
    if (this.#isClosed || this.#phase === 'ended') return;
    this.#isInPast = !shown.isLive;
    this.#pastContext = undefined;
    this.#shown = shown;
    this.#rest('stopped');
    const { context, tick, isLive: live, stop } = shown;
    const last = this.#recording.lastTick(context);
    this.#events.stopped(stop, { context, tick, last, live });
  }

  /** The person has ended the run. */
  close(): void {
    this.#isClosed = true;
  }

  /** Nothing runs any more; what happened may still be shown. */
  exit(end: RunEnded): void {
    if (this.#hasExited) return;
    this.#hasExited = true;
    this.#events.exited(end);
  }

  /** Nothing will be shown any more. */
  end(end: RunEnded): void {
    if (this.#phase === 'ended') return;
    this.#rest('ended');
    this.#shown = undefined;
    this.#onEnd();
    this.exit(end);
    this.#events.ended();
  }

  /** @returns whether the script has stopped, or the run ended, within this time. */
  restsWithin(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (rests: boolean) => {
        clearTimeout(timer);
        this.#onRest = undefined;
        resolve(rests);
      };
      const timer = setTimeout(() => settle(false), milliseconds);
      this.#onRest = () => settle(true);
    });
  }

  /** Something that the person should know. */
  say(problem: unknown): void {
    const text = problem instanceof Error ? problem.message : String(problem);
    this.#events.output({ category: 'important', text: `${text}\n` });
  }

  tellLogged(context: number, line: LoggedLine): void {
    // In the past the same lines are passed again.
    if (this.#toldLines.isNews(context, line)) this.#events.logged(line);
  }

  /** Where breakpoints stand, as was answered to whoever set them. */
  knowPlaces(places: readonly BreakpointPlace[]): void {
    this.#places = new Map(places.map((place) => [place.id, JSON.stringify(place)]));
  }

  /** Where the script's own debugger put them: only news are told. */
  tellPlaces(places: readonly BreakpointPlace[]): void {
    const changed = places.filter((place) => this.#places.get(place.id) !== JSON.stringify(place));
    if (changed.length === 0) return;
    for (const place of changed) this.#places.set(place.id, JSON.stringify(place));
    this.#events.placed(changed);
  }

  #run(pastContext: number | undefined): void {
    this.#pastContext = pastContext;
    this.#isInPast = pastContext !== undefined;
    this.#shown = undefined;
    if (this.#phase === 'running' || this.#phase === 'ended') return;
    this.#phase = 'running';
    this.#events.continued();
  }

  #rest(phase: 'stopped' | 'ended'): void {
    this.#phase = phase;
    this.#onRest?.();
  }
}
