/** The live side of a debugged run, as the rest of the debugger sees it. */
import type {
  BreakpointSet,
  Resume,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { DebugEvents, DebugLaunch } from '../../../lua-runtime/debugger/debug-target.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { ScriptWhereabouts } from '../worker/worker-contract.ts';
import type { DebugChannel } from './debug-channel.ts';
import { outputOf } from './debug-output.ts';
import type { DebugBroker, DebugParts } from './debug-parts.ts';
import type { DebugRecording } from './debug-recording.ts';
import { LiveRun } from './live-run.ts';
import { OutsideStops } from './outside-stops.ts';
import type { OutsideStop } from './outside-stops.ts';
import type { RunEnded, Stage } from './stage.ts';

export interface PresentParts {
  readonly launch: DebugLaunch;
  readonly parts: DebugParts;
  readonly events: DebugEvents;
  readonly stage: Stage;
  readonly recording: DebugRecording;
  readonly breakpoints: () => BreakpointSet;
  /** The script stands still, and what it did so far is recorded. */
  readonly onStanding: () => void;
  /** Shows a stop outside of the script; the run waits until `letGo`. */
  readonly showOutside: (stop: OutsideStop) => Promise<void>;
  readonly onOver: () => Promise<void>;
}

export class Present {
  readonly #parts: PresentParts;
  readonly #outside: OutsideStops;
  #live: LiveRun | undefined;
  /** Looked at when the run begins: a pause may be asked for before. */
  #isPauseWanted = false;
  #running: Promise<void> | undefined;
  #broker: DebugBroker | undefined;
  #release: (() => void) | undefined;
  #isOver: boolean;
  #end: RunEnded = { exitCode: 0 };

  /** @param isOver the run was recorded before, and nothing is live in it. */
  constructor(parts: PresentParts, isOver: boolean) {
    this.#parts = parts;
    this.#outside = new OutsideStops(parts.breakpoints);
    this.#isOver = isOver;
  }

  /** Nothing is live any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** How the run ended. */
  get end(): RunEnded {
    return this.#end;
  }

  /** To the newest context. */
  get channel(): DebugChannel | undefined {
    return this.#live?.current?.channel;
  }

  /** Rejects with a sentence when the run cannot be started. */
  async start(): Promise<void> {
    const { launch, parts, stage, breakpoints } = this.#parts;
    const broker = await parts.openBroker();
    this.#broker = broker;
    const live = new LiveRun({
      launch,
      policy: parts.policy,
      broker,
      message: parts.message,
      breakpoints,
      listener: {
        onStopped: (context, stop) => this.#stopped(context, stop),
        onLogged: (context, line) => stage.tellLogged(context, line),
        onPlaced: (places) => stage.tellPlaces(places),
        onEntry: (entry) => this.#take(entry),
        betweenMessages: () => this.#betweenMessages(),
      },
    });
    try {
      await live.prepare();
    } catch (error) {
      await this.#closeBroker();
      throw error;
    }
    this.#live = live;
    // The person may have ended it meanwhile.
    if (stage.isClosed) live.cancel();
    else if (this.#isPauseWanted) live.pause();
    this.#running = live.run().then(({ problem, bug, isFine }) => {
      const exitCode = bug === true ? 3 : problem === undefined && isFine ? 0 : 1;
      return this.#over({ exitCode, ...(problem === undefined ? {} : { problem }) });
    });
  }

  setBreakpoints(set: BreakpointSet): void {
    this.#live?.setBreakpoints(set);
  }

  /** Where the script stands still, if it is in this context. */
  standingIn(context: number): Stop | undefined {
    const current = this.#live?.current;
    return current?.context === context ? current.channel.standing : undefined;
  }

  resume(resume: Resume): void {
    this.#parts.stage.runLive();
    this.channel?.resume(resume);
  }

  pause(): void {
    this.#isPauseWanted = true;
    this.#live?.pause();
  }

  whereabouts(): ScriptWhereabouts | undefined {
    return this.#live?.current?.worker.whereabouts();
  }

  /** Lets the run go on that waits between two messages. */
  letGo(): void {
    this.#parts.stage.runLive();
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }

  /** Ends the scripts, whatever they do, and the connections. */
  async terminate(): Promise<void> {
    this.#live?.cancel();
    this.#release?.();
    await this.#running;
    await this.#closeBroker();
  }

  #stopped(context: number, stop: Stop): void {
    const { recording, stage, onStanding } = this.#parts;
    recording.reached({ context, tick: stop.tick });
    if (stop.reason === 'nack') this.#outside.scriptSawNack();
    onStanding();
    stage.show({ context, tick: stop.tick, isLive: true, stop });
  }

  #take(entry: Entry): void {
    const { recording, events } = this.#parts;
    const known = recording.add(entry);
    this.#outside.add(known);
    const output = outputOf(known);
    if (output !== undefined) events.output(output);
    events.entry(known);
  }

  /** An attempt has ended: shows what the script could not see of it, and waits while it is shown. */
  async #betweenMessages(): Promise<void> {
    const { stage, showOutside } = this.#parts;
    const stop = this.#outside.take();
    if (stop === undefined || stage.isClosed) return;
    await new Promise<void>((resolve) => {
      this.#release = resolve;
      showOutside(stop).catch((error: unknown) => {
        stage.say(error);
        this.letGo();
      });
    });
  }

  async #over(end: RunEnded): Promise<void> {
    this.#isOver = true;
    this.#end = end;
    this.channel?.close();
    await this.#closeBroker();
    await this.#parts.onOver();
  }

  async #closeBroker(): Promise<void> {
    const broker = this.#broker;
    this.#broker = undefined;
    await broker?.close();
  }
}
