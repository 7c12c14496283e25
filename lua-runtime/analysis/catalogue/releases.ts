/** KumoMTA's releases, and whether an entry of the catalogue is newer than one of them. */

export interface KumoMtaRelease {
  /** `2024.09.02-c5476b89` */
  readonly name: string;
  /** `2024.09.02`, as `since` in the catalogue. */
  readonly date: string;
}

/** Every release, oldest first (KumoMTA docs/changelog/). */
export const KUMOMTA_RELEASES: readonly KumoMtaRelease[] = [
  '2023.03.31-36aa20de',
  '2023.05.10-e88ad036',
  '2023.06.22-51b72a83',
  '2023.08.22-4d895015',
  '2023.11.28-b5252a41',
  '2023.12.28-63cde9c7',
  '2024.06.10-84e84b89',
  '2024.09.02-c5476b89',
  '2024.11.08-d383b033',
  '2025.01.23-7273d2bc',
  '2025.01.29-833f82a8',
  '2025.03.19-1d3f1f67',
  '2025.05.06-b29689af',
  '2025.10.06-5ec871ab',
  '2025.12.02-67ee9e96',
  '2026.03.04-bb93ecb1',
  '2026.04.09-ea3b2a9b',
  '2026.05.12-a6845223',
  '2026.06.23-f3af1cd0',
].map((name) => ({ name, date: name.slice(0, name.indexOf('-')) }));

/** A build of KumoMTA's head, newer than every release. */
export const DEV_BUILD = 'dev';

/**
 * True when KumoMTA `release` does not have the entry yet.
 *
 * @param release `2024.09.02`, `2024.09.02-c5476b89` or `dev`; any build's date may be given.
 * @throws Error when `release` is neither.
 */
export function isNewerThan(entry: { readonly since?: string }, release: string): boolean {
  const date = dateOf(release);
  const { since } = entry;
  if (since === undefined || date === undefined) return false;
  return since === DEV_BUILD || since > date;
}

/** The date that versions are compared by; nothing for a dev build. @throws Error as isNewerThan. */
function dateOf(release: string): string | undefined {
  if (release === DEV_BUILD) return undefined;
  const date = /^\d{4}\.\d{2}\.\d{2}(?=-|$)/.exec(release)?.[0];
  if (date === undefined)
    throw new Error(`"${release}" is no KumoMTA release, such as 2024.09.02.`);
  return date;
}
