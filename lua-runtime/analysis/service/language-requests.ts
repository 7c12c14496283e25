/** What can be asked of the language service, and what it answers. Positions and kinds are LSP's. */
import type { Finding } from '../analysis-contract.ts';

export type LanguageRequest =
  /** What the checks find in the files of `paths`; of all files without them. */
  { readonly method: 'findings'; readonly paths?: readonly string[] };

export interface LanguageAnswers {
  readonly findings: readonly Finding[];
}

export type LanguageMethod = LanguageRequest['method'];
export type RequestOf<M extends LanguageMethod> = Extract<LanguageRequest, { readonly method: M }>;
