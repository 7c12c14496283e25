/** From the catalogue's types to values: what a function of KumoMTA gives, what a handler gets. */
import { findAlias, findObject, findTable } from '../catalogue/catalogue.ts';
import type { TypeText } from '../catalogue/catalogue-contract.ts';
import { parseType, type TypeNode } from '../catalogue/type-text.ts';
import { either, UNKNOWN, type Values } from './value.ts';

const cache = new Map<TypeText, Values>();

export function valuesOfType(type: TypeText): Values {
  let values = cache.get(type);
  if (values === undefined) {
    values = valuesOf(parseType(type));
    cache.set(type, values);
  }
  return values;
}

function valuesOf(type: TypeNode): Values {
  switch (type.kind) {
    case 'literal':
      return [literal(type.value)];
    case 'union':
      return either(...type.members.map(valuesOf));
    case 'array':
      return [{ kind: 'array', elements: valuesOf(type.element) }];
    case 'name':
      return named(type.name);
    default:
      return UNKNOWN;
  }
}

function literal(value: string | number | boolean): Values[number] {
  if (typeof value === 'string') return { kind: 'string', value };
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'boolean', value };
}

function named(name: string): Values {
  switch (name) {
    case 'nil':
    case 'string':
    case 'boolean':
    case 'number':
      return [{ kind: name }];
    case 'integer':
      return [{ kind: 'number' }];
    default: {
      const object = findObject(name);
      if (object !== undefined) return [{ kind: 'object', object }];
      if (findTable(name) !== undefined) return UNKNOWN;
      const alias = findAlias(name);
      return alias === undefined ? UNKNOWN : valuesOfType(alias.type);
    }
  }
}
