/** Precedence of the binary operators (Lua 5.4 manual §3.4.8), the loosest first. */
import type { BinaryExpression, Expression } from '../syntax/syntax-tree.ts';

const LEVELS = [
  ['or'],
  ['and'],
  ['<', '>', '<=', '>=', '~=', '=='],
  ['|'],
  ['~'],
  ['&'],
  ['<<', '>>'],
  ['..'],
  ['+', '-'],
  ['*', '/', '//', '%'],
  ['^'],
];
const LEVEL = new Map(LEVELS.flatMap((operators, i) => operators.map((each) => [each, i])));

export interface Operand {
  /** Undefined for the first. */
  readonly operator: string | undefined;
  readonly operand: Expression;
}

/** `a or b or c` as one list: what is joined by operators of the same level. */
export function operandsOf(expression: BinaryExpression): Operand[] {
  const level = LEVEL.get(expression.operator);
  const collect = (each: Expression, operator: string | undefined): Operand[] =>
    each.kind === 'Binary' && LEVEL.get(each.operator) === level
      ? [...collect(each.left, operator), ...collect(each.right, each.operator)]
      : [{ operator, operand: each }];
  return collect(expression, undefined);
}
