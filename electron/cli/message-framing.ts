/**
 * How messages of the Debug Adapter Protocol and of the Language Server Protocol travel in a stream of
 * bytes: header fields, an empty line, JSON in UTF-8 ("Base Protocol" in both).
 */

/** A header is one line, in practice; a client that sends more speaks something else. */
const MOST_HEADER_BYTES = 4_096;
/** No request is longer: the longest carries the text of a file. */
const MOST_MESSAGE_BYTES = 16 * 1024 * 1024;
const HEADER_END = '\r\n\r\n';

/** The stream is neither. The message is one sentence. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
}

/** Cuts a stream into messages. After an error it must not be used any more. */
export class MessageReader {
  readonly #onMessage: (message: unknown) => void;
  #buffer: Buffer = Buffer.alloc(0);
  /** Of the message whose header was read. */
  #length: number | undefined;

  constructor(onMessage: (message: unknown) => void) {
    this.#onMessage = onMessage;
  }

  /** Throws FramingError. */
  add(bytes: Uint8Array): void {
    this.#buffer =
      this.#buffer.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#buffer, bytes]);
    for (let body = this.#takeBody(); body !== undefined; body = this.#takeBody()) {
      this.#onMessage(parsed(body));
    }
  }

  /** The stream is over. Throws when it ended in the middle of a message. */
  end(): void {
    if (this.#length === undefined && this.#buffer.length === 0) return;
    throw new FramingError('The input ended in the middle of a message of the protocol.');
  }

  #takeBody(): string | undefined {
    this.#length ??= this.#takeHeader();
    if (this.#length === undefined || this.#buffer.length < this.#length) return undefined;
    const body = this.#buffer.toString('utf8', 0, this.#length);
    this.#buffer = this.#buffer.subarray(this.#length);
    this.#length = undefined;
    return body;
  }

  #takeHeader(): number | undefined {
    const end = this.#buffer.indexOf(HEADER_END, 0, 'latin1');
    if (end > MOST_HEADER_BYTES || (end < 0 && this.#buffer.length > MOST_HEADER_BYTES)) {
      throw new FramingError(
        `The input has no message of the protocol in its first ${MOST_HEADER_BYTES} bytes.`,
      );
    }
    if (end < 0) return undefined;
    const length = contentLength(this.#buffer.toString('latin1', 0, end));
    this.#buffer = this.#buffer.subarray(end + HEADER_END.length);
    return length;
  }
}

export function framed(message: unknown): string {
  const body = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}${HEADER_END}${body}`;
}

function contentLength(header: string): number {
  const fields = header.split('\r\n').map((line) => /^([!-9;-~]+): *(.*?) *$/.exec(line));
  if (fields.some((field) => field === null)) {
    throw new FramingError(
      `The input is not the protocol: ${JSON.stringify(header.slice(0, 80))} is no header.`,
    );
  }
  const value = fields.find((field) => field?.[1]?.toLowerCase() === 'content-length')?.[2];
  if (value === undefined) {
    throw new FramingError('A message of the protocol came without Content-Length.');
  }
  if (!/^\d+$/.test(value) || Number(value) > MOST_MESSAGE_BYTES) {
    throw new FramingError(
      `Content-Length must be a number up to ${MOST_MESSAGE_BYTES}, not ${JSON.stringify(value.slice(0, 40))}.`,
    );
  }
  return Number(value);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FramingError(`A message of the protocol is not JSON: ${why}.`);
  }
}
