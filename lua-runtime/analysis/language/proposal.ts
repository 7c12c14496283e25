/** Something that can be written at a place, before it is known where exactly it goes. */
import type { CompletionItem } from '../lsp-types.ts';

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
