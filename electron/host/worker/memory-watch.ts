/**
 * The memory limit of fengari, whose strings lie outside of V8's heap where no limit of a worker
 * reaches them: the host watches the process grow. Lua 5.4 limits itself.
 */

/** Growth of the process that is nobody's fault: code, young heap, garbage not yet collected. */
const SLACK_BYTES = 128 * 1024 * 1024;

interface Watched {
  readonly limitBytes: number;
  /** When its handler began, and how large the process was then. */
  since: number;
  baseBytes: number;
}

const running = new Set<Watched>();

/** Watches one worker, from the start of a handler to its end. */
export class MemoryWatch {
  private readonly watched: Watched;

  constructor(limitBytes: number) {
    this.watched = { limitBytes, since: 0, baseBytes: 0 };
  }

  /** To be called at every look at the worker; true when it has to be ended. */
  isOverLimit(isScriptRunning: boolean): boolean {
    const { watched } = this;
    if (!isScriptRunning) {
      running.delete(watched);
      return false;
    }
    const rss = process.memoryUsage.rss();
    if (!running.has(watched)) {
      running.add(watched);
      watched.since = performance.now();
      watched.baseBytes = rss;
      return false;
    }
    // All workers share one process. Beyond the sum of what they may use, one of them is at fault:
    // most likely the one whose handler has run longest.
    const allowed = (watched.limitBytes + SLACK_BYTES) * running.size;
    if (rss - watched.baseBytes <= allowed) return false;
    return [...running].every((other) => other.since >= watched.since);
  }

  stop(): void {
    running.delete(this.watched);
  }
}
