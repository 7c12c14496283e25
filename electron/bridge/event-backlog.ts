import * as z from 'zod';
import type { EventMessage } from './messages.ts';
import { consoleBatchSchema } from './console.ts';

const maxConsoleLines = 1_000;
const maxEvents = 1_000;

const runPayloadSchema = z.object({ runId: z.string() });
const filePayloadSchema = z.object({ path: z.string() });

/**
 * The events that a page is too slow to take, folded so that they stay bounded: events carry the
 * whole state of their subject, so that the newest replaces the older; console lines are joined and
 * the oldest counted as skipped. Messages of the debugger are a dialogue: none is folded or dropped,
 * and they stay bounded because the adapter bounds its output and the page its requests.
 */
export class EventBacklog {
  readonly #events = new Map<string, EventMessage>();
  #dialogue = 0;

  get isEmpty(): boolean {
    return this.#events.size === 0;
  }

  add(message: EventMessage): void {
    const key =
      message.event === 'debug.message' ? `debug ${this.#dialogue++}` : subjectOf(message);
    const older = this.#events.get(key);
    // Taken out and put in again, so that the order is that of the newest of each.
    this.#events.delete(key);
    this.#events.set(key, older === undefined ? message : fold(older, message));
    if (this.#events.size > maxEvents) this.#dropOldest();
  }

  #dropOldest(): void {
    for (const [key, { event }] of this.#events) {
      if (event === 'debug.message') continue;
      this.#events.delete(key);
      return;
    }
  }

  /** Removes and returns the oldest. */
  take(): EventMessage | undefined {
    const first = this.#events.entries().next();
    if (first.done === true) return undefined;
    const [key, message] = first.value;
    this.#events.delete(key);
    return message;
  }
}

function subjectOf({ event, payload }: EventMessage): string {
  if (event === 'run') return `run ${runPayloadSchema.safeParse(payload).data?.runId ?? ''}`;
  if (event === 'fileChanged')
    return `file ${filePayloadSchema.safeParse(payload).data?.path ?? ''}`;
  return event;
}

function fold(older: EventMessage, newer: EventMessage): EventMessage {
  if (newer.event !== 'console') return newer;
  const before = consoleBatchSchema.safeParse(older.payload);
  const after = consoleBatchSchema.safeParse(newer.payload);
  if (!before.success || !after.success) return newer;
  const lines = [...before.data.lines, ...after.data.lines];
  const dropped = Math.max(0, lines.length - maxConsoleLines);
  return {
    event: 'console',
    payload: {
      lines: lines.slice(dropped),
      skipped: before.data.skipped + after.data.skipped + dropped,
    },
  };
}
