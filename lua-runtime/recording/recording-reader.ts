/**
 * Questions to a recording. The views, the reports and the tests ask these; nothing else is kept.
 */
import type { Entry, EntryBody, EntryKind } from './entries.ts';

type OfKind<K extends EntryKind> = Extract<EntryBody, { kind: K }> & { readonly seq: number };

/** The entries of one kind, in order. */
export function entriesOfKind<K extends EntryKind>(
  entries: readonly Entry[],
  kind: K,
): OfKind<K>[] {
  return entries.filter((entry): entry is OfKind<K> => entry.kind === kind);
}

/** The numbers of the messages in a recording, in order of their first entry. */
export function messagesOf(entries: readonly Entry[]): number[] {
  const numbers = new Set<number>();
  for (const { message } of entries) if (message !== undefined) numbers.add(message);
  return [...numbers];
}

/** What happened to one message: every entry that belongs to it. */
export function entriesOfMessage(entries: readonly Entry[], message: number): Entry[] {
  return entries.filter((entry) => entry.message === message);
}

/** Publishes that no verdict has answered yet; of one message, or of the whole recording. */
export function outstandingPublishes(
  entries: readonly Entry[],
  message?: number,
): OfKind<'publish'>[] {
  const answered = new Set(entriesOfKind(entries, 'verdict').map(({ publish }) => publish));
  return entriesOfKind(entries, 'publish').filter(
    (entry) => (message === undefined || entry.message === message) && !answered.has(entry.publish),
  );
}

/** What the broker did with a message, in order; empty when nothing reached a broker. */
export function verdictsOf(entries: readonly Entry[], message: number): OfKind<'verdict'>[] {
  return entriesOfKind(entries, 'verdict').filter((entry) => entry.message === message);
}

/** The log record that ends the message's newest attempt, if it has ended. */
export function finalRecord(
  entries: readonly Entry[],
  message: number,
): OfKind<'record'> | undefined {
  return entriesOfKind(entries, 'record').findLast((entry) => entry.message === message);
}
