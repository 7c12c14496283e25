/** What the host and the thread of the language service say to each other. */
import type { AnalysisOptions } from '../../../lua-runtime/analysis/analysis-contract.ts';
import type { LastRun } from '../../../lua-runtime/analysis/last-run.ts';
import type {
  LanguageAnswers,
  LanguageRequest,
} from '../../../lua-runtime/analysis/service/language-requests.ts';

export type LanguageCommand =
  /** The folder that is open, with the files that are analysed; texts on disk are read by the thread. */
  | {
      readonly kind: 'workspace';
      readonly root: string;
      readonly policyFile: string;
      readonly files: readonly string[];
    }
  | { readonly kind: 'options'; readonly options: AnalysisOptions }
  | { readonly kind: 'last-run'; readonly lastRun: LastRun | undefined }
  /** A file is another one on disk, or gone. */
  | { readonly kind: 'changed'; readonly path: string }
  /** The text of a file in an editor; undefined: closed, the disk counts again. */
  | { readonly kind: 'text'; readonly path: string; readonly text: string | undefined }
  | { readonly kind: 'request'; readonly id: number; readonly request: LanguageRequest };

export type LanguageMessage =
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly answer: LanguageAnswers[keyof LanguageAnswers];
    }
  | { readonly kind: 'failed'; readonly id: number; readonly problem: string };
