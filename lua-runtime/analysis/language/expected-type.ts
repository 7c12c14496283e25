/** Which type the place of an expression expects, from what is around it. */
import { parseType, type TypeNode } from '../catalogue/type-text.ts';
import { membersOf, resolveType, tablesOf } from '../catalogue/resolve-type.ts';
import type { Expression, TableExpression } from '../syntax/syntax-tree.ts';
import { childrenOf, type Node } from '../syntax/walk.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import type { ApiFunctionValue } from '../values/value.ts';

/** From the chunk down to a node, which is the last. */
export function pathToNode(file: SourceFile, target: Node): readonly Node[] {
  const path: Node[] = [file.chunk];
  const find = (node: Node): boolean => {
    if (node === target) return true;
    for (const child of childrenOf(node)) {
      if (child.start > target.start || child.end < target.end) continue;
      path.push(child);
      if (find(child)) return true;
      path.pop();
    }
    return false;
  };
  return find(file.chunk) ? path : [];
}

/** The function of KumoMTA that a call makes for certain. */
export function calledFunction(
  evaluator: Evaluator,
  file: SourceFile,
  call: Extract<Expression, { kind: 'Call' | 'MethodCall' }>,
): ApiFunctionValue | undefined {
  const [callee, other] = evaluator.calleesOf(file, call);
  return other === undefined && callee?.kind === 'api-function' ? callee : undefined;
}

/** The resolved type that an argument of a call has; `i` counts what is written. */
export function argumentType(
  evaluator: Evaluator,
  file: SourceFile,
  call: Extract<Expression, { kind: 'Call' | 'MethodCall' }>,
  i: number,
): TypeNode | undefined {
  const callee = calledFunction(evaluator, file, call);
  if (callee === undefined) return undefined;
  // `object.method(object, …)`: the first argument is the object.
  const skipped = call.kind === 'Call' && callee.fullName.includes(':') ? 1 : 0;
  const parameter = callee.entry.parameters[i - skipped];
  return parameter === undefined ? undefined : resolveType(parseType(parameter.type));
}

/** The resolved type of the place that a node has; undefined when the text does not tell. */
export function expectedType(
  evaluator: Evaluator,
  file: SourceFile,
  node: Expression,
): TypeNode | undefined {
  const path = pathToNode(file, node);
  const parent = path.at(-2);
  const grandparent = path.at(-3);
  if (parent === undefined) return undefined;
  switch (parent.kind) {
    case 'Call':
    case 'MethodCall': {
      const i = parent.args.indexOf(node);
      return i < 0 ? undefined : argumentType(evaluator, file, parent, i);
    }
    case 'NamedField':
      return grandparent?.kind === 'Table'
        ? fieldType(evaluator, file, grandparent, parent.name)
        : undefined;
    case 'KeyedField':
      return grandparent?.kind === 'Table' && parent.value === node && parent.key.kind === 'String'
        ? fieldType(evaluator, file, grandparent, parent.key.value)
        : undefined;
    case 'PositionalField': {
      if (grandparent?.kind !== 'Table') return undefined;
      const list = expectedType(evaluator, file, grandparent);
      const array = list && membersOf(list).find((member) => member.kind === 'array');
      return array?.kind === 'array' ? resolveType(array.element) : undefined;
    }
    case 'Parenthesized':
      return expectedType(evaluator, file, parent);
    default:
      return undefined;
  }
}

/** The resolved type of a field of a table at its place. */
export function fieldType(
  evaluator: Evaluator,
  file: SourceFile,
  table: TableExpression,
  name: string,
): TypeNode | undefined {
  const expected = expectedType(evaluator, file, table);
  if (expected === undefined) return undefined;
  for (const entry of tablesOf(expected)) {
    const field = entry.fields.find((each) => each.name === name);
    if (field !== undefined) return resolveType(parseType(field.type));
    if (entry.otherFields !== undefined) return resolveType(parseType(entry.otherFields));
  }
  const map = membersOf(expected).find((member) => member.kind === 'map');
  return map?.kind === 'map' ? resolveType(map.value) : undefined;
}
