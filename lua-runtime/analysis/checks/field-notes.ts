import type { FieldEntry } from '../catalogue/catalogue-contract.ts';
import { isNewerThan } from '../catalogue/releases.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import { INFORMATION, WARNING, type Report } from './check.ts';

/**
 * What there is to say of a field that is right: it is newer than the KumoMTA that the policy is for, or
 * deprecated.
 *
 * @param at where it is named
 * @param kumomta the release that the policy is for; undefined: the newest
 */
export function fieldNotes(field: FieldEntry, at: Span, kumomta: string | undefined): Report[] {
  const notes: Report[] = [];
  if (kumomta !== undefined && isNewerThan(field, kumomta)) {
    notes.push({
      code: 'newer-than-kumomta',
      at,
      severity: WARNING,
      message: `\`${field.name}\` came with KumoMTA ${field.since ?? 'after the newest release'}; this policy is for ${kumomta}.`,
      page: field.page,
    });
  }
  if (field.deprecated !== undefined) {
    const { use } = field.deprecated;
    notes.push({
      code: 'deprecated',
      at,
      severity: INFORMATION,
      deprecated: true,
      message: `\`${field.name}\` is deprecated.${use === undefined ? '' : ` Use \`${use}\`.`}`,
      page: field.page,
    });
  }
  return notes;
}
