/** What a page's main thread and its frames do while something else goes on. */
import type { CDPSession, Page } from '@playwright/test';

/** All in milliseconds. */
export interface FrameTimes {
  /** Between two calls of requestAnimationFrame: what a person sees, compositor and machine included. */
  readonly frames: readonly number[];
  /** Blocks of the main thread of 50 ms or more (https://w3c.github.io/longtasks/), by the clock. */
  readonly longTasks: readonly number[];
  /** CPU time of each task of the main thread: the page's own work, however busy the machine is. */
  readonly taskCpu: readonly number[];
}

type PageTimes = Omit<FrameTimes, 'taskCpu'>;

/** Runs in the page. Recording anew ends the recording before. */
const START = `{
  const recorded = { frames: [], longTasks: [] };
  globalThis.recordedFrames = recorded;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) recorded.longTasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  let last = performance.now();
  const frame = () => {
    if (globalThis.recordedFrames !== recorded) return observer.disconnect();
    const now = performance.now();
    recorded.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;
const TAKE = `{
  const recorded = globalThis.recordedFrames;
  globalThis.recordedFrames = undefined;
  recorded;
}`;

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of CPU. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What Chromium calls a task in its `toplevel` category. */
const TASK = 'ThreadControllerImpl::RunTask';

export class FrameRecording {
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #events: TraceEvent[] = [];

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
    session.on('Tracing.dataCollected', ({ value }) => {
      this.#events.push(...(value as unknown as TraceEvent[]));
    });
  }

  static async start(page: Page): Promise<FrameRecording> {
    const session = await page.context().newCDPSession(page);
    const recording = new FrameRecording(page, session);
    // https://chromedevtools.github.io/devtools-protocol/tot/Tracing/: the tasks of every thread.
    await session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['toplevel'] },
    });
    await page.evaluate(START);
    return recording;
  }

  async stop(): Promise<FrameTimes> {
    const times = await this.#page.evaluate<PageTimes>(TAKE);
    const complete = new Promise((resolve) =>
      this.#session.once('Tracing.tracingComplete', resolve),
    );
    await this.#session.send('Tracing.end');
    await complete;
    await this.#session.detach();
    return { ...times, taskCpu: this.#taskCpu() };
  }

  #taskCpu(): number[] {
    const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
    const mainThreads = new Set(
      this.#events
        .filter(({ ph, args }) => ph === 'M' && args?.name === 'CrRendererMain')
        .map(threadOf),
    );
    const tasks = this.#events
      .filter((event) => event.name === TASK && mainThreads.has(threadOf(event)))
      .map(({ tdur = 0 }) => tdur / 1000);
    if (tasks.length === 0) throw new Error('Chromium traced no task of the page.');
    return tasks;
  }
}
