/** Why a request of the client is refused: one sentence for the person. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  /** DAP's own word for it, where it has one (Response, `message`). */
  readonly code: 'notStopped' | 'cancelled' | undefined;

  constructor(sentence: string, code?: 'notStopped' | 'cancelled') {
    super(sentence);
    this.code = code;
  }
}
