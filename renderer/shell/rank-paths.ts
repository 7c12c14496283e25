/** How well the letters, in order, fit a path; undefined when they do not. Less is better. */
function distance(path: string, letters: string): number | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const inName = name.indexOf(letters);
  if (inName >= 0) return inName;
  const inPath = path.indexOf(letters);
  if (inPath >= 0) return 100 + inPath;
  let at = -1;
  let gaps = 0;
  for (const letter of letters) {
    const next = path.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    gaps += next - at - 1;
    at = next;
  }
  return 1000 + gaps;
}

/** The paths that hold the typed letters in order, best first: in the name before in the folders. */
export function rankPaths(paths: readonly string[], typed: string): string[] {
  const letters = typed.toLowerCase().replaceAll(' ', '');
  return paths
    .flatMap((path) => {
      const rank = distance(path.toLowerCase(), letters);
      return rank === undefined ? [] : [{ path, rank }];
    })
    .sort((a, b) => a.rank - b.rank || a.path.localeCompare(b.path))
    .map(({ path }) => path);
}
