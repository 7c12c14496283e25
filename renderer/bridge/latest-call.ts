/**
 * Runs one question at a time and keeps only the newest of those that came meanwhile: an answer to
 * an old question is never delivered after a newer one was asked.
 *
 * @param ask the question; may reject
 * @param delayMs how long typing must rest before it is asked
 */
export function latestCall<Question>(
  ask: (question: Question, isLatest: () => boolean) => Promise<void>,
  delayMs: number,
): { (question: Question): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let running = false;
  let waiting: { question: Question } | undefined;

  async function run(question: Question): Promise<void> {
    running = true;
    const number = asked;
    try {
      await ask(question, () => number === asked);
    } finally {
      running = false;
      if (waiting) {
        const next = waiting;
        waiting = undefined;
        void run(next.question);
      }
    }
  }

  const schedule = (question: Question): void => {
    asked += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (running) waiting = { question };
      else void run(question);
    }, delayMs);
  };
  schedule.cancel = (): void => {
    asked += 1;
    clearTimeout(timer);
    waiting = undefined;
  };
  return schedule;
}
