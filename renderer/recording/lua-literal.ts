import type { RecordedValue } from '../../electron/bridge/contract.ts';

const mostText = 80;
const mostPairs = 6;

function quote(text: string): string {
  const shown = text.length > mostText ? `${text.slice(0, mostText)}…` : text;
  return `'${shown.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;
}

function base64Size(text: string): number {
  return (text.length * 3) / 4 - (text.match(/=+$/)?.[0].length ?? 0);
}

/**
 * A recorded value as Lua would write it, short enough for one line: `'250 ok'`, `5`, `nil`,
 * `{ status = 'Ack' }`, `message`.
 */
export function luaLiteral(value: RecordedValue, depth = 0): string {
  if (value === null) return 'nil';
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  if ('integer' in value) return value.integer;
  if ('bytes' in value) return `<${base64Size(value.bytes)} bytes>`;
  if ('function' in value) return value.function;
  if ('userdata' in value) return value.userdata;
  if (value.table.length === 0) return '{}';
  if (depth > 1) return '{…}';
  const pairs = value.table.slice(0, mostPairs).map(([key, inner], index) => {
    const literal = luaLiteral(inner, depth + 1);
    const isNext =
      typeof key === 'object' && key !== null && 'integer' in key
        ? Number(key.integer) === index + 1
        : key === index + 1;
    if (isNext) return literal;
    return typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key)
      ? `${key} = ${literal}`
      : `[${luaLiteral(key, depth + 1)}] = ${literal}`;
  });
  const rest = Math.max(value.table.length - mostPairs, 0) + (value.more ?? 0);
  if (rest > 0) pairs.push(`… ${rest} more`);
  return `{ ${pairs.join(', ')} }`;
}
