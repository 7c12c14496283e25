/** Parts of long lists, as a client asks for them. */

export interface Page {
  readonly filter?: 'indexed' | 'named';
  readonly start?: number;
  /** 0 or absent: all. */
  readonly count?: number;
}

/** The part of a list that a page asks for; all of its items are of one kind. */
export function paged<T>(items: readonly T[], page: Page, kind: 'indexed' | 'named'): T[] {
  if (page.filter !== undefined && page.filter !== kind) return [];
  const start = page.start ?? 0;
  const end = page.count === undefined || page.count === 0 ? undefined : start + page.count;
  return items.slice(start, end);
}
