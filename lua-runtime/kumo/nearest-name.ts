/** The name that somebody probably meant. */

/** @returns the nearest of `known`, or undefined when none is near enough to be meant. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const words = wordsOf(name);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const each of known) {
    // The same words in another order, or with other endings, are closer than any spelling.
    const distance = wordsOf(each) === words ? 0 : editDistance(name, each);
    if (best === undefined || distance < best.distance) best = { name: each, distance };
  }
  const allowed = Math.max(1, Math.floor(name.length / 4));
  return best !== undefined && best.distance <= allowed ? best.name : undefined;
}

/** Words in alphabetical order, without endings of tense and number. */
function wordsOf(name: string): string {
  return name
    .toLowerCase()
    .split('_')
    .map((word) => word.replace(/(?:ed|e|s)$/, ''))
    .sort()
    .join('_');
}

/** Levenshtein's distance, with two neighbours swapped counting as one. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j - 1] ?? 0) + cost, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      next.push(best);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
