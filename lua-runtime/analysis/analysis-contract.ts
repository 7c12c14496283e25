/**
 * What the analysis of a workspace answers. Positions and kinds are those of the Language Server
 * Protocol 3.17 (lines and characters from 0, characters in UTF-16 code units), so that the window, an
 * LSP client and the command line read the same answers.
 */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** LSP DiagnosticSeverity: error, warning, information, hint. */
export type Severity = 1 | 2 | 3 | 4;

/** Something in a policy that will not do what its author means. */
export interface Finding {
  /** Workspace-relative path. */
  readonly file: string;
  readonly range: Range;
  readonly severity: Severity;
  /** Stable name of the check: `send-without-string`. */
  readonly code: string;
  /** One or two sentences: what kumod will do, and what to do about it. */
  readonly message: string;
  /** KumoMTA's page on it, under `docs/` of its repository. */
  readonly page?: string;
  /** The public address of the page. */
  readonly href?: string;
  /** LSP DiagnosticTag: 1 unnecessary, 2 deprecated. */
  readonly tags?: readonly (1 | 2)[];
  readonly related?: readonly {
    readonly file: string;
    readonly range: Range;
    readonly message: string;
  }[];
  readonly fixes?: readonly Fix[];
}

export interface TextEdit {
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that is meant when a person asks to fix without choosing. */
  readonly preferred?: true;
}

/** What the workspace says about itself. */
export interface AnalysisOptions {
  /** KumoMTA release that the policy is for; newer API is marked. Absent: the newest known. */
  readonly kumomta?: string | undefined;
  /** Codes of checks that are switched off, with the reason. */
  readonly silenced: Readonly<Record<string, string>>;
}
