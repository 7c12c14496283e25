/**
 * JSON text with serde_json's error texts and positions, after comments (`//`, `#`, block comments)
 * were blanked as KumoMTA does before parsing (crates/mod-serde/src/lib.rs 61-78).
 */
import { LuaFloat } from './lua-tree.ts';
import type { JsonTree } from './json-tree.ts';

/** serde_json gives up beyond this. */
const MAX_DEPTH = 128;
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/** @throws Error such as ``expected `:` at line 1 column 6``. */
export function parseJson(text: string): JsonTree {
  return new JsonParser(blankComments(text)).document();
}

function blankComments(text: string): string {
  const pattern =
    /"(?:[^"\\]|\\[^])*"|\/\/[^\n]*|#[^\n]*|\/\*[^]*?\*\/|\/\*[^]*$|"(?:[^"\\]|\\[^])*$/g;
  return text.replace(pattern, (part) => {
    if (part.startsWith('"')) {
      if (part.length > 1 && part.endsWith('"')) return part;
      throw new Error('invalid data');
    }
    if (part.startsWith('/*') && (part.length < 4 || !part.endsWith('*/'))) {
      throw new Error('invalid data');
    }
    return part.replace(/[^\n]/g, ' ');
  });
}

class JsonParser {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonTree {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) throw this.failNext('trailing characters');
    return value;
  }

  private value(): JsonTree {
    this.space();
    const char = this.text.charAt(this.at);
    if (char === '') throw this.fail('EOF while parsing a value');
    if (char === '{') return this.nested(() => this.object());
    if (char === '[') return this.nested(() => this.array());
    if (char === '"') return this.string();
    if (char === '-' || (char >= '0' && char <= '9')) return this.number();
    if (char === 'n') return this.keyword('null', null);
    if (char === 't') return this.keyword('true', true);
    if (char === 'f') return this.keyword('false', false);
    throw this.failNext('expected value');
  }

  private nested(read: () => JsonTree): JsonTree {
    this.at++;
    if (++this.depth >= MAX_DEPTH) throw this.fail('recursion limit exceeded');
    const value = read();
    this.depth--;
    return value;
  }

  private object(): JsonTree {
    const members = new Map<string, JsonTree>();
    for (let first = true; ; first = false) {
      let char = this.peek('EOF while parsing an object');
      if (char === '}') break;
      if (!first) {
        if (char !== ',') throw this.failNext('expected `,` or `}`');
        this.at++;
        char = this.peek('EOF while parsing a value');
        if (char === '}') throw this.failNext('trailing comma');
      }
      if (char !== '"') throw this.failNext('key must be a string');
      const key = this.string();
      if (this.peek('EOF while parsing an object') !== ':') throw this.failNext('expected `:`');
      this.at++;
      members.set(key, this.value());
    }
    this.at++;
    return new Map([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private array(): JsonTree {
    const items: JsonTree[] = [];
    for (;;) {
      const char = this.peek('EOF while parsing a list');
      if (char === ']') break;
      if (items.length > 0) {
        if (char !== ',') throw this.failNext('expected `,` or `]`');
        this.at++;
        if (this.peek('EOF while parsing a value') === ']') throw this.failNext('trailing comma');
      }
      items.push(this.value());
    }
    this.at++;
    return items;
  }

  private keyword<T extends JsonTree>(word: string, value: T): T {
    for (const expected of word) {
      const char = this.text.charAt(this.at);
      if (char === '') throw this.fail('EOF while parsing a value');
      this.at++;
      if (char !== expected) throw this.fail('expected ident');
    }
    return value;
  }

  private number(): JsonTree {
    const start = this.at;
    if (this.text.charAt(this.at) === '-') this.at++;
    const zero = this.text.charAt(this.at) === '0';
    this.digits();
    if (zero && this.text.slice(start, this.at).replace('-', '').length > 1) {
      this.at = start + (this.text.charAt(start) === '-' ? 2 : 1);
      throw this.failNext('invalid number');
    }
    let isFloat = false;
    if (this.text.charAt(this.at) === '.') {
      isFloat = true;
      this.at++;
      this.digits();
    }
    if (/[eE]/.test(this.text.charAt(this.at))) {
      isFloat = true;
      this.at++;
      if (/[+-]/.test(this.text.charAt(this.at))) this.at++;
      this.digits();
    }
    return this.numberValue(this.text.slice(start, this.at), isFloat);
  }

  private digits(): void {
    const match = /^[0-9]+/.exec(this.text.slice(this.at, this.at + 4096));
    if (match !== null) {
      this.at += match[0].length;
      if (match[0].length === 4096) this.moreDigits();
      return;
    }
    if (this.at >= this.text.length) throw this.fail('EOF while parsing a value');
    throw this.failNext('invalid number');
  }

  private moreDigits(): void {
    while (/[0-9]/.test(this.text.charAt(this.at))) this.at++;
  }

  private numberValue(literal: string, isFloat: boolean): JsonTree {
    if (!isFloat && literal !== '-0') {
      const value = BigInt(literal);
      if (value >= INT64_MIN && value <= UINT64_MAX) {
        const short = Number(value);
        return Number.isSafeInteger(short) ? short : value;
      }
    }
    const value = Number(literal);
    if (!Number.isFinite(value)) throw this.fail('number out of range');
    return new LuaFloat(value);
  }

  private string(): string {
    let result = '';
    this.at++;
    for (;;) {
      const char = this.text.charAt(this.at);
      if (char === '') throw this.fail('EOF while parsing a string');
      this.at++;
      if (char === '"') return result;
      if (char === '\\') result += this.escape();
      else if (char < ' ') {
        throw this.fail('control character (\\u0000-\\u001F) found while parsing a string');
      } else result += char;
    }
  }

  private escape(): string {
    const char = this.text.charAt(this.at);
    if (char === '') throw this.fail('EOF while parsing a string');
    this.at++;
    const simple: { readonly [letter: string]: string } = {
      '"': '"',
      '\\': '\\',
      '/': '/',
      b: '\b',
      f: '\f',
      n: '\n',
      r: '\r',
      t: '\t',
    };
    const direct = simple[char];
    if (direct !== undefined) return direct;
    if (char !== 'u') throw this.fail('invalid escape');
    const unit = this.hexUnit();
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    if (unit > 0xdbff) throw this.fail('lone leading surrogate in hex escape');
    if (this.text.slice(this.at, this.at + 2) !== '\\u') {
      throw this.fail('unexpected end of hex escape');
    }
    this.at += 2;
    const low = this.hexUnit();
    if (low < 0xdc00 || low > 0xdfff) throw this.fail('lone leading surrogate in hex escape');
    return String.fromCharCode(unit, low);
  }

  private hexUnit(): number {
    const digits = this.text.slice(this.at, this.at + 4);
    if (digits.length < 4) throw this.fail('EOF while parsing a string');
    this.at += 4;
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) throw this.fail('invalid escape');
    return Number.parseInt(digits, 16);
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
  }

  private peek(atEnd: string): string {
    this.space();
    const char = this.text.charAt(this.at);
    if (char === '') throw this.fail(atEnd);
    return char;
  }

  /** serde_json counts what it has consumed. */
  private fail(message: string, consumed = this.at): Error {
    const before = this.text.slice(0, consumed);
    const line = before.split('\n').length;
    const column = before.length - (before.lastIndexOf('\n') + 1);
    return new Error(`${message} at line ${String(line)} column ${String(column)}`);
  }

  /** For a mistake that is the next character, which is then counted in. */
  private failNext(message: string): Error {
    return this.fail(message, Math.min(this.at + 1, this.text.length));
  }
}
