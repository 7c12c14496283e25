/** Something that can be written at a place, before it is known where exactly it goes. */
import { membersOf } from '../catalogue/resolve-type.ts';
import type { TypeNode } from '../catalogue/type-text.ts';
import type { LineMap } from '../line-map.ts';
import { CompletionKind, type CompletionItem } from '../lsp-types.ts';
import type { Span } from '../syntax/syntax-tree.ts';

export interface Proposal extends Pick<
  CompletionItem,
  'label' | 'kind' | 'detail' | 'documentation'
> {
  /** Default: the label. */
  readonly insert?: string;
  readonly isSnippet?: boolean;
  readonly deprecated?: boolean;
  /** Stands without quotes where texts stand in them. */
  readonly isBare?: boolean;
}

/** @param i its place among the proposals; `at`: what it replaces */
export function itemOf(
  { label, insert, isSnippet, deprecated, ...rest }: Proposal,
  i: number,
  lines: LineMap,
  at: Span,
): CompletionItem {
  return {
    label,
    ...rest,
    ...(deprecated === true ? { tags: [1] as const } : {}),
    // In the order in which they were proposed.
    sortText: String(i).padStart(5, '0'),
    filterText: insert ?? label,
    insertTextFormat: isSnippet === true ? 2 : 1,
    textEdit: { range: lines.range(at), newText: insert ?? label },
  };
}

/** The values that a type lists. */
export function literals(type: TypeNode): readonly Proposal[] {
  return membersOf(type).flatMap((member): Proposal[] => {
    if (member.kind === 'literal') {
      return [
        {
          label: String(member.value),
          kind: CompletionKind.enumMember,
          ...(typeof member.value === 'string' ? {} : { isBare: true }),
        },
      ];
    }
    if (member.kind !== 'name' || member.name !== 'boolean') return [];
    return ['true', 'false'].map((label) => ({ label, kind: CompletionKind.value, isBare: true }));
  });
}
