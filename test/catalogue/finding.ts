/** What a comparison of the catalogue with KumoMTA found. */

export interface Finding {
  /**
   * `missing`: KumoMTA has it and the catalogue has not; `invented`: the other way round;
   * `different`: both have it and say different things.
   */
  readonly kind: 'missing' | 'invented' | 'different';
  /** What it is about: `function kumo.on`, `field QueueConfigParameters.max_age`, `page …`. */
  readonly subject: string;
  /** Where KumoMTA says so, and what. */
  readonly detail: string;
}

/** A difference that is right as it is. */
export interface Exception {
  /** The finding's subject. */
  readonly subject: string;
  readonly kind: Finding['kind'];
  readonly why: string;
}

/** Findings without those that exceptions explain, and exceptions that explain nothing. */
export function withoutExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
): Finding[] {
  const key = ({ kind, subject }: Finding | Exception) => `${kind} ${subject}`;
  const excused = new Set(exceptions.map(key));
  const found = new Set(findings.map(key));
  return [
    ...findings.filter((finding) => !excused.has(key(finding))),
    ...exceptions
      .filter((exception) => !found.has(key(exception)))
      .map(({ subject }): Finding => ({
        kind: 'different',
        subject,
        detail: 'an exception in exceptions.ts that explains nothing',
      })),
  ];
}

/** `missing` and `invented` findings of two sets of names. */
export function compareNames(
  label: string,
  where: string,
  inKumoMta: Iterable<string>,
  inCatalogue: Iterable<string>,
): Finding[] {
  const theirs = new Set(inKumoMta);
  const ours = new Set(inCatalogue);
  return [
    ...[...theirs]
      .filter((name) => !ours.has(name))
      .map((name): Finding => ({ kind: 'missing', subject: label + name, detail: where })),
    ...[...ours]
      .filter((name) => !theirs.has(name))
      .map((name): Finding => ({ kind: 'invented', subject: label + name, detail: where })),
  ];
}
