/** Counts the calls of handlers in a run, as its entries come: it needs no more memory with more messages. */
import type { HandlerCalls, LastRun } from '../../../lua-runtime/analysis/last-run.ts';
import { latin1Bytes } from '../../../lua-runtime/recording/byte-text.ts';
import type { Entry, SourceLocation } from '../../../lua-runtime/recording/entries.ts';
import { decodeUtf8 } from '../../../lua-runtime/vm/platform.ts';

export class HandlerCounts {
  readonly #texts: Record<string, string> = {};
  readonly #handlers = new Map<string, { -readonly [K in keyof HandlerCalls]: HandlerCalls[K] }>();
  /** Calls that have not returned, by span. */
  readonly #open = new Map<number, string>();

  add(entry: Entry): void {
    switch (entry.kind) {
      case 'file':
        this.#texts[entry.path] = decodeUtf8(latin1Bytes(entry.text));
        break;
      case 'load':
        // Every context of the run loads the same.
        for (const { event, location } of entry.handlers) {
          if (location !== undefined) this.#handler(event, location);
        }
        break;
      case 'call': {
        const { event, location, span } = entry;
        // A method of a connection object is no handler.
        if (location === undefined) break;
        const handler = this.#handlers.get(keyOf(event, location));
        if (handler === undefined) break;
        handler.calls++;
        this.#open.set(span, keyOf(event, location));
        break;
      }
      case 'return': {
        const key = this.#open.get(entry.span);
        if (key === undefined) break;
        this.#open.delete(entry.span);
        const handler = this.#handlers.get(key);
        if (entry.failed === true && handler !== undefined) handler.failed++;
        break;
      }
      default:
    }
  }

  get lastRun(): LastRun {
    return { texts: this.#texts, handlers: [...this.#handlers.values()] };
  }

  #handler(event: string, location: SourceLocation): void {
    const key = keyOf(event, location);
    if (this.#handlers.has(key)) return;
    const { file, line } = location;
    this.#handlers.set(key, { event, file, line, calls: 0, failed: 0 });
  }
}

function keyOf(event: string, { file, line }: SourceLocation): string {
  return `${file}:${line}:${event}`;
}
