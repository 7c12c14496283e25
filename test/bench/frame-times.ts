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

/** Begins to record in the page; recording anew forgets what was recorded. */
export async function startFrameTimes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const recorded = { frames: [] as number[], longTasks: [] as number[] };
    const scope = globalThis as { recordedFrames?: typeof recorded };
    scope.recordedFrames = recorded;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) recorded.longTasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (): void => {
      if (scope.recordedFrames !== recorded) {
        observer.disconnect();
        return;
      }
      const now = performance.now();
      recorded.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** What was recorded since the start, which ends. */
export async function takeFrameTimes(page: Page): Promise<FrameTimes> {
  return await page.evaluate(() => {
    const scope = globalThis as { recordedFrames?: { frames: number[]; longTasks: number[] } };
    const { recordedFrames } = scope;
    delete scope.recordedFrames;
    if (recordedFrames === undefined) throw new Error('No frames were recorded.');
    return recordedFrames;
  });
}
