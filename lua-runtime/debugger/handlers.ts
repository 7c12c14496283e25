/** Which handler or method kumod is in, by the entries of the recording. */
import type { EntryBody } from '../recording/entries.ts';

export class Handlers {
  private event: string | undefined;

  observe(entry: EntryBody): void {
    if (entry.kind === 'call') this.event = entry.event;
    else if (entry.kind === 'return') this.event = undefined;
  }

  /** `get_queue_config`, `send`; undefined while the policy is loaded and between calls. */
  current(): string | undefined {
    return this.event;
  }

  reset(): void {
    this.event = undefined;
  }
}
