/** A request that is answered with an error. */
export class LspProblem extends Error {
  /** One of `LspErrorCode`. */
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Language Server Protocol 3.17, "Response Message: ErrorCodes". */
export const LspErrorCode = {
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  requestFailed: -32_803,
  notInitialized: -32_002,
} as const;
