/** What a page's main thread and its frames do while something else goes on. */
import type { Page } from '@playwright/test';

/** All in milliseconds. */
export interface FrameTimes {
  /** Between two calls of requestAnimationFrame: what a person sees, compositor and machine included. */
  readonly frames: readonly number[];
  /**
   * Blocks of the main thread of 50 ms or more (https://w3c.github.io/longtasks/): what the page
   * itself is to blame for.
   */
  readonly longTasks: readonly number[];
}

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

/** Begins to record in the page. */
export async function startFrameTimes(page: Page): Promise<void> {
  await page.evaluate(START);
}

/** Ends the recording and answers what was recorded. */
export async function takeFrameTimes(page: Page): Promise<FrameTimes> {
  return await page.evaluate<FrameTimes>(TAKE);
}
