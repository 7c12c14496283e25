/** Whether a value that is no table written out fits a type of the catalogue. */
import { findObject, findTable } from '../catalogue/catalogue.ts';
import { membersOf } from '../catalogue/resolve-type.ts';
import type { TypeNode } from '../catalogue/type-text.ts';
import type { Expression } from '../syntax/syntax-tree.ts';
import type { Value, Values } from '../values/value.ts';

/** `table`: a value inside of a table, which is not converted; `argument`: numbers and texts are. */
export type Place = 'argument' | 'table';

/**
 * What a value is called that fits a type in none of its readings; undefined where one fits or nothing
 * is known of it.
 *
 * @param expression what the value is written as
 */
export function wrongKind(
  values: Values,
  type: TypeNode,
  place: Place,
  expression: Expression,
): string | undefined {
  if (values.length === 0) return undefined;
  const isFitting = values.some((value) =>
    membersOf(type).some((m) => fits(value, m, place, expression)),
  );
  const [first] = values;
  return isFitting || first === undefined ? undefined : called(first);
}

function fits(value: Value, type: TypeNode, place: Place, expression: Expression): boolean {
  if (value.kind === 'unknown') return true;
  if (type.kind === 'function' || type.kind === 'map' || type.kind === 'union') return true;
  // An absent field or argument is nil; whether that is allowed is for others to say.
  if (value.kind === 'nil') return true;
  if (type.kind === 'array') return !isScalar(value);
  if (type.kind === 'literal') {
    return value.kind === 'string'
      ? value.value === undefined || value.value === type.value
      : value.kind === typeof type.value;
  }
  switch (type.name) {
    case 'string':
    case 'keysource':
      return (
        value.kind === 'string' ||
        (place === 'argument' && value.kind === 'number') ||
        (type.name === 'keysource' && !isScalar(value))
      );
    case 'throttle':
      return value.kind === 'string';
    case 'duration':
    case 'limit':
      return value.kind === 'string' || value.kind === 'number';
    case 'integer':
    case 'number':
      if (value.kind === 'string') return place === 'argument';
      if (value.kind !== 'number') return false;
      return !(place === 'table' && type.name === 'integer' && isFloat(expression));
    case 'boolean':
      return place === 'argument' || value.kind === 'boolean';
    case 'nil':
      return false;
    case 'table':
      return !isScalar(value);
    case 'function':
      return !isScalar(value) && value.kind !== 'table' && value.kind !== 'array';
    default: {
      const object = findObject(type.name);
      if (object === undefined) return !(findTable(type.name) !== undefined && isScalar(value));
      if (value.kind === 'object') return value.object === object || object.readsAs !== undefined;
      return !(isScalar(value) || value.kind === 'table');
    }
  }
}

/** Written as a float, or divided: `10.0`, `10 / 2`. */
function isFloat(expression: Expression): boolean {
  switch (expression.kind) {
    case 'Number':
      return !expression.isInteger;
    case 'Parenthesized':
      return isFloat(expression.inner);
    case 'Binary':
      return (
        ['/', '^'].includes(expression.operator) &&
        expression.left.kind === 'Number' &&
        expression.right.kind === 'Number'
      );
    default:
      return false;
  }
}

function isScalar({ kind }: Value): boolean {
  return kind === 'string' || kind === 'number' || kind === 'boolean';
}

function called(value: Value): string {
  switch (value.kind) {
    case 'api-function':
    case 'library':
    case 'function':
      return 'a function';
    case 'object':
      return `a ${value.object.name}`;
    case 'array':
    case 'module':
      return 'a table';
    default:
      return `a ${value.kind}`;
  }
}
