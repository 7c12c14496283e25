/** Where the values of a JSON text stand, which `JSON.parse` does not tell, and keys that come twice. */

export type JsonPath = readonly (string | number)[];

export interface JsonPlaces {
  /** The value's first character; of what is not there, that of the nearest value around it. */
  offsetOf(path: JsonPath): number;
  /** The key's first quote; undefined when the object has no such key. */
  offsetOfKey(path: JsonPath): number | undefined;
  /** Behind the value's last character; undefined when it is not there. */
  endOf(path: JsonPath): number | undefined;
  /** Keys that an object has twice, where the second one stands: `JSON.parse` drops the first. */
  readonly repeated: readonly { readonly path: JsonPath; readonly offset: number }[];
}

/** @param text is JSON: `JSON.parse` has taken it. */
export function jsonPlaces(text: string): JsonPlaces {
  const scan = new Scan(text);
  scan.value([]);
  const { starts, keys, ends, repeated } = scan;
  return {
    offsetOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const start = starts.get(keyOf(path.slice(0, length)));
        if (start !== undefined) return start;
      }
      return 0;
    },
    offsetOfKey: (path) => keys.get(keyOf(path)),
    endOf: (path) => ends.get(keyOf(path)),
    repeated,
  };
}

/** `scenarios[2].expect.record`; empty for the whole text. */
export function pathText(path: JsonPath): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}

class Scan {
  readonly starts = new Map<string, number>();
  readonly ends = new Map<string, number>();
  readonly keys = new Map<string, number>();
  readonly repeated: { path: JsonPath; offset: number }[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(path: JsonPath): void {
    this.#space();
    const start = this.#at;
    const first = this.#text[start];
    if (first === '{') this.#object(path);
    else if (first === '[') this.#list(path);
    else if (first === '"') this.#string();
    else while (/[\w.+-]/.test(this.#text[this.#at] ?? '')) this.#at++;
    this.starts.set(keyOf(path), start);
    this.ends.set(keyOf(path), this.#at);
  }

  #object(path: JsonPath): void {
    const known = new Set<string>();
    this.#items('}', () => {
      const offset = this.#at;
      const key = this.#string();
      const inside = [...path, key];
      if (known.has(key)) this.repeated.push({ path: inside, offset });
      known.add(key);
      this.keys.set(keyOf(inside), offset);
      this.#space();
      this.#at++;
      this.value(inside);
    });
  }

  #list(path: JsonPath): void {
    let index = 0;
    this.#items(']', () => this.value([...path, index++]));
  }

  /** From the opening bracket to behind the closing one. */
  #items(closing: string, item: () => void): void {
    this.#at++;
    this.#space();
    while (this.#at < this.#text.length && this.#text[this.#at] !== closing) {
      item();
      this.#space();
      if (this.#text[this.#at] === ',') this.#at++;
      this.#space();
    }
    this.#at++;
  }

  #string(): string {
    const start = this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    }
    this.#at++;
    return String(JSON.parse(this.#text.slice(start, this.#at)));
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
