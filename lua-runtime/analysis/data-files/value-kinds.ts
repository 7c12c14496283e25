/** Which kinds of values a type of the catalogue takes in a data file, and how people call them. */
import { membersOf, resolveType, tablesOf } from '../catalogue/resolve-type.ts';
import { typeToText, type TypeNode } from '../catalogue/type-text.ts';
import type { FixReport } from '../checks/check.ts';
import type { DataValue } from './syntax/data-tree.ts';

export function takesAnything(type: TypeNode): boolean {
  return membersOf(type).some(
    (member) => member.kind === 'name' && (member.name === 'table' || member.name === 'any'),
  );
}

const TEXTUAL = new Set(['string', 'keysource', 'duration', 'throttle', 'limit', 'any']);
const NUMERIC = new Set(['integer', 'number', 'duration', 'limit', 'any']);

export function fitsString(type: TypeNode): boolean {
  return membersOf(type).some(
    (member) =>
      (member.kind === 'name' && TEXTUAL.has(member.name)) ||
      (member.kind === 'literal' && typeof member.value === 'string'),
  );
}

export function fitsScalar(value: DataValue, type: TypeNode): boolean {
  return membersOf(type).some((member) => {
    if (member.kind === 'literal') return 'value' in value && value.value === member.value;
    if (member.kind !== 'name') return false;
    switch (value.kind) {
      case 'integer':
        return NUMERIC.has(member.name);
      case 'float':
        return NUMERIC.has(member.name) && member.name !== 'integer' && member.name !== 'limit';
      case 'boolean':
        return member.name === 'boolean' || member.name === 'any';
      default:
        return member.name === 'any';
    }
  });
}

/** What was most probably meant by a value of the wrong kind. */
export function meantValue(value: DataValue, type: TypeNode): FixReport | undefined {
  const members = membersOf(type);
  const fix = (title: string, newText: string): FixReport => ({
    title,
    preferred: true,
    edits: [{ at: value, newText }],
  });
  if (value.kind !== 'string') return undefined;
  const text = value.value.trim();
  const wants = (...names: readonly string[]): boolean =>
    members.some((member) => member.kind === 'name' && names.includes(member.name));
  if (wants('boolean') && (text === 'true' || text === 'false')) return fix(`Write ${text}`, text);
  if (wants('integer', 'number') && /^\d+$/.test(text)) return fix(`Write ${text}`, text);
  const list = members.find((member) => member.kind === 'array');
  if (list?.kind !== 'array' || !fitsString(resolveType(list.element))) return undefined;
  return {
    title: 'Write it as a list',
    preferred: true,
    edits: [
      { at: { start: value.start, end: value.start }, newText: '[' },
      { at: { start: value.end, end: value.end }, newText: ']' },
    ],
  };
}

/** A type in words, as far as there are any. */
export function describeType(type: TypeNode): string {
  const words = membersOf(type).map((member) => {
    if (tablesOf(member).length > 0 || member.kind === 'map') return 'a table';
    if (member.kind === 'array') {
      const inner = resolveType(member.element);
      return fitsString(inner) ? 'a list of texts' : 'a list';
    }
    if (member.kind === 'name') return NAMED[member.name] ?? `\`${member.name}\``;
    return `\`${typeToText(member)}\``;
  });
  const [last = '', ...before] = [...new Set(words)].toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} or ${last}`;
}

const NAMED: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
  duration: 'a duration such as `"20 minutes"`, or seconds',
  throttle: 'a throttle such as `"100/s"`',
  limit: 'a number above zero',
  keysource: 'the path of a key, or a table',
};

export function called({ kind }: DataValue): string {
  switch (kind) {
    case 'string':
      return 'a text';
    case 'integer':
      return 'a whole number';
    case 'float':
      return 'a number with a fraction';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'datetime':
      return 'a date or time';
    default:
      return `a ${kind}`;
  }
}
