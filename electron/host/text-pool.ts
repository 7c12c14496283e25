/**
 * One copy of texts that come again and again. Rows of a hundred thousand deliveries then share
 * their strings, and comparing one for a filter costs no reading of it.
 */

const POOLED_TEXTS = 10_000;
/** A longer one is most likely the only one of its kind. */
const POOLED_LENGTH = 300;

export class TextPool {
  readonly #texts = new Map<string, string>();

  /** The pooled copy of `text`, or `text` itself when it is long or the pool is full. */
  shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (text.length <= POOLED_LENGTH && this.#texts.size < POOLED_TEXTS)
      this.#texts.set(text, text);
    return text;
  }
}
