/** A DAP message as a few lines of text that stay the same from run to run. */

const RECORD = /^kumod logs: (\{.*\})\n$/s;
/** What a record says of its message; the rest is time and chance, or the same in all of them. */
const TOLD = ['type', 'sender', 'recipient', 'queue', 'site', 'response'];

export interface Places {
  /** The policy's folder. */
  readonly root: string;
}

/** Arrays of objects get a line for each, everything else stands on one line. */
export function writeBody(body: unknown, places: Places): string {
  if (body === undefined) return '';
  if (!isObject(body)) return ` ${inline(body, places)}`;
  const flat: [string, unknown][] = [];
  const long: [string, readonly unknown[]][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (Array.isArray(value) && value.some(isObject)) long.push([name, value]);
    else if (!(name === 'data' && isRecordOutput(body))) flat.push([name, value]);
  }
  let text = flat.length === 0 ? '' : ` ${inline(Object.fromEntries(flat), places)}`;
  for (const [name, values] of long) {
    text += `\n     ${name}:`;
    for (const value of values) text += `\n       ${inline(value, places)}`;
  }
  return text;
}

function inline(value: unknown, places: Places): string {
  if (typeof value === 'string') return JSON.stringify(steady(value, places));
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, places)).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${name}: ${inline(member, places)}`);
  return `{${members.join(', ')}}`;
}

/** Paths, ports, times and identities out of a text. */
export function steady(text: string, { root }: Places): string {
  const record = RECORD.exec(text)?.[1];
  if (record !== undefined) return `kumod logs: ${steadyRecord(record)}\n`;
  return text
    .replaceAll(root, '<root>')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/\b(table|function|builtin|userdata|thread): (builtin: )?0x[0-9a-f]+/g, '$1: 0x…')
    .replace(/\b[0-9a-f]{32}\b/g, '<id>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>');
}

function steadyRecord(json: string): string {
  const record = JSON.parse(json) as { [name: string]: unknown };
  return JSON.stringify(Object.fromEntries(TOLD.map((name) => [name, record[name]])));
}

function isRecordOutput(body: { readonly [name: string]: unknown }): boolean {
  return typeof body.output === 'string' && RECORD.test(body.output);
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
