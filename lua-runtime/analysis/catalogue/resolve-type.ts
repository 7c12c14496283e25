/** What the names in a type of the catalogue stand for. */
import { findAlias, findTable } from './catalogue.ts';
import type { TableEntry, TypeText } from './catalogue-contract.ts';
import { parseType, type TypeNode } from './type-text.ts';

/** Aliases whose texts have a grammar of their own, which no plainer type tells. */
const WITH_GRAMMAR = new Set(['duration', 'throttle', 'limit', 'keysource']);

/** Aliases read as what they stand for, except those with a grammar of their own. */
export function resolveType(type: TypeNode): TypeNode {
  if (type.kind === 'union') return { kind: 'union', members: type.members.map(resolveType) };
  if (type.kind !== 'name' || WITH_GRAMMAR.has(type.name)) return type;
  const alias = findAlias(type.name);
  return alias === undefined ? type : resolveType(parseType(alias.type));
}

const resolved = new Map<TypeText, TypeNode>();

/** The resolved type of an entry of the catalogue, read once. */
export function resolvedType(text: TypeText): TypeNode {
  let type = resolved.get(text);
  if (type === undefined) resolved.set(text, (type = resolveType(parseType(text))));
  return type;
}

/** The alternatives of a type, one level deep. */
export function membersOf(type: TypeNode): readonly TypeNode[] {
  return type.kind === 'union' ? type.members.flatMap(membersOf) : [type];
}

/** The tables with named fields among the alternatives of a resolved type. */
export function tablesOf(type: TypeNode): readonly TableEntry[] {
  return membersOf(type).flatMap((member) =>
    member.kind === 'name' ? (findTable(member.name) ?? []) : [],
  );
}
