/** Whether the end of a function is reached for certain, where flow alone says that it may be. */
import type { Block, FunctionExpression, Statement } from '../syntax/syntax-tree.ts';
import { exitsOf } from '../flow/exits.ts';
import type { Evaluator } from './evaluator.ts';
import type { SourceFile } from './source-file.ts';

/**
 * A path without a return on which nothing unknown is called last: a function that the text does not tell
 * may be one that always raises.
 */
export function fallsOffForCertain(
  evaluator: Evaluator,
  file: SourceFile,
  fn: FunctionExpression,
): boolean {
  if (evaluator.exitsOf(file, fn).fallsOff === undefined) return false;
  return blockGoesOn(fn.body);

  function blockGoesOn(block: Block): boolean {
    const { fallsOff } = exitsOf(block, (call) => evaluator.neverReturns(file, call));
    if (fallsOff === undefined) return false;
    const last = block.statements.at(-1);
    return last === undefined || statementGoesOn(last);
  }

  function statementGoesOn(statement: Statement): boolean {
    switch (statement.kind) {
      case 'CallStatement':
        return evaluator.calleesOf(file, statement.call).every(({ kind }) => kind !== 'unknown');
      case 'Do':
        return blockGoesOn(statement.body);
      case 'If':
        return (
          statement.otherwise === undefined ||
          blockGoesOn(statement.otherwise) ||
          statement.clauses.some(({ body }) => blockGoesOn(body))
        );
      default:
        return true;
    }
  }
}
