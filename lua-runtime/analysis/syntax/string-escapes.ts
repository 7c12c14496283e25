/** Escape sequences of Lua's quoted strings (Lua 5.4 manual §3.1). */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE = /\\(?:z\s*|x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]+)\}|([0-9]{1,3})|(\r\n|\n\r|[^]))/g;

/** The text that `content` stands for. Bytes above 127 that are written as escapes become U+FFFD. */
export function readEscapes(content: string): string {
  return content.replace(
    ESCAPE,
    (whole, hex?: string, point?: string, decimal?: string, other?: string) => {
      if (hex !== undefined) return ofByte(Number.parseInt(hex, 16));
      if (decimal !== undefined) return ofByte(Number(decimal));
      if (point !== undefined) {
        const code = Number.parseInt(point, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      }
      if (other === undefined) return whole.startsWith('\\z') ? '' : whole;
      if (other.startsWith('\r') || other.startsWith('\n')) return '\n';
      return SIMPLE[other] ?? other;
    },
  );
}

function ofByte(byte: number): string {
  return byte < 128 ? String.fromCharCode(byte) : '\ufffd';
}
